"""A call provider on this machine that behaves as Twilio documents it."""
