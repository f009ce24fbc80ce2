"""Real browsers, real Web Push, no internet: a push service, the side of Google for Chromium, a desktop that shows
notifications, and drivers for Firefox and Chromium."""
