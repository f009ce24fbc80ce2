"""The alert engine: contact methods, rehearsals, bedside mode, openings, gaps, outages, guards. Adds only, so that a
worker of the previous release can run beside the new one."""

from alembic import op
import sqlalchemy as sa
import webcare_pwa.db


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('restores',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('seen_at', webcare_pwa.db.Utc(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_restores'))
    )
    op.create_table('self_tests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('started_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('finished_at', webcare_pwa.db.Utc(timezone=True), nullable=True),
    sa.Column('hops', sa.JSON(), nullable=False),
    sa.Column('failed', sa.String(length=12), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_self_tests')),
    sa.UniqueConstraint('key', name=op.f('uq_self_tests_key'))
    )
    op.create_table('watcher_alarms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('sent_at', webcare_pwa.db.Utc(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watcher_alarms')),
    sa.UniqueConstraint('key', name=op.f('uq_watcher_alarms_key'))
    )
    op.create_table('contact_methods',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('created_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('removed_at', webcare_pwa.db.Utc(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_contact_methods_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_methods'))
    )
    with op.batch_alter_table('contact_methods', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_methods_person_id'), ['person_id'], unique=False)

    op.create_table('gap_notices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('desk_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=12), nullable=False),
    sa.Column('starts_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('ends_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('found_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('told_at', webcare_pwa.db.Utc(timezone=True), nullable=True),
    sa.Column('mended_at', webcare_pwa.db.Utc(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['desk_id'], ['desks.id'], name=op.f('fk_gap_notices_desk_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_gap_notices_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gap_notices'))
    )
    with op.batch_alter_table('gap_notices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gap_notices_desk_id'), ['desk_id'], unique=False)

    op.create_table('bedsides',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('device_id', sa.Integer(), nullable=True),
    sa.Column('client_token', sa.String(length=64), nullable=False),
    sa.Column('started_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('seen_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('ended_at', webcare_pwa.db.Utc(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['device_id'], ['devices.id'], name=op.f('fk_bedsides_device_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_bedsides_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bedsides')),
    sa.UniqueConstraint('client_token', name=op.f('uq_bedsides_client_token'))
    )
    with op.batch_alter_table('bedsides', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bedsides_person_id'), ['person_id'], unique=False)

    op.create_table('attachments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('incident_id', sa.Integer(), nullable=False),
    sa.Column('into_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('client_token', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_attachments_incident_id')),
    sa.ForeignKeyConstraint(['into_id'], ['incidents.id'], name=op.f('fk_attachments_into_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_attachments_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments')),
    sa.UniqueConstraint('incident_id', 'client_token', name=op.f('uq_attachments_incident_id_client_token'))
    )
    with op.batch_alter_table('attachments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachments_into_id'), ['into_id'], unique=False)

    op.create_table('openings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('incident_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_openings_incident_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_openings_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_openings'))
    )
    with op.batch_alter_table('openings', schema=None) as batch_op:
        batch_op.create_index('ix_openings_incident', ['incident_id', 'person_id'], unique=False)

    op.create_table('detachments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachments.id'], name=op.f('fk_detachments_attachment_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_detachments_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_detachments')),
    sa.UniqueConstraint('attachment_id', name=op.f('uq_detachments_attachment_id'))
    )
    op.create_table('confirmations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('device_id', sa.Integer(), nullable=True),
    sa.Column('at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alerts.id'], name=op.f('fk_confirmations_alert_id')),
    sa.ForeignKeyConstraint(['device_id'], ['devices.id'], name=op.f('fk_confirmations_device_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_confirmations')),
    sa.UniqueConstraint('alert_id', name=op.f('uq_confirmations_alert_id'))
    )
    op.create_table('rehearsals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('shift_starts_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alerts.id'], name=op.f('fk_rehearsals_alert_id')),
    sa.ForeignKeyConstraint(['line_id'], ['lines.id'], name=op.f('fk_rehearsals_line_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_rehearsals_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rehearsals')),
    sa.UniqueConstraint('line_id', 'person_id', 'shift_starts_at', 'number', name=op.f('uq_rehearsals_line_id_person_id_shift_starts_at_number'))
    )
    with op.batch_alter_table('rehearsals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rehearsals_alert_id'), ['alert_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rehearsals_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('contact_method_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('bundle_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('vendor_id', sa.String(length=64), server_default='', nullable=False))
        batch_op.alter_column('device_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.create_index(batch_op.f('ix_deliveries_contact_method_id'), ['contact_method_id'], unique=False)
        batch_op.create_check_constraint(batch_op.f('ck_deliveries_one_address'), '(device_id is null) <> (contact_method_id is null)')
        batch_op.create_unique_constraint(batch_op.f('uq_deliveries_alert_id_contact_method_id'), ['alert_id', 'contact_method_id'])
        batch_op.create_foreign_key(batch_op.f('fk_deliveries_bundle_id'), 'deliveries', ['bundle_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_deliveries_contact_method_id'), 'contact_methods', ['contact_method_id'], ['id'])

    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('synthetic', sa.Boolean(), server_default=sa.false(), nullable=False))

    # in place: SQLite would otherwise copy a table that others refer to
    op.add_column('rounds', sa.Column('policy', sa.JSON(), nullable=True))
    op.execute('ALTER TABLE rounds ADD COLUMN first_id INTEGER CONSTRAINT fk_rounds_first_id REFERENCES people (id)')



def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('PRAGMA defer_foreign_keys = ON')
    op.execute('DELETE FROM deliveries WHERE contact_method_id IS NOT NULL')
    with op.batch_alter_table('rounds', schema=None) as batch_op:
        batch_op.drop_column('first_id')
        batch_op.drop_column('policy')

    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_column('synthetic')

    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_deliveries_one_address'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_deliveries_contact_method_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_deliveries_bundle_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_deliveries_alert_id_contact_method_id'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_deliveries_contact_method_id'))
        batch_op.alter_column('device_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('vendor_id')
        batch_op.drop_column('bundle_id')
        batch_op.drop_column('contact_method_id')

    with op.batch_alter_table('rehearsals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rehearsals_person_id'))
        batch_op.drop_index(batch_op.f('ix_rehearsals_alert_id'))

    op.drop_table('rehearsals')
    op.drop_table('confirmations')
    op.drop_table('detachments')
    with op.batch_alter_table('openings', schema=None) as batch_op:
        batch_op.drop_index('ix_openings_incident')

    op.drop_table('openings')
    with op.batch_alter_table('attachments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachments_into_id'))

    op.drop_table('attachments')
    with op.batch_alter_table('bedsides', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bedsides_person_id'))

    op.drop_table('bedsides')
    with op.batch_alter_table('gap_notices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gap_notices_desk_id'))

    op.drop_table('gap_notices')
    with op.batch_alter_table('contact_methods', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_methods_person_id'))

    op.drop_table('contact_methods')
    op.drop_table('watcher_alarms')
    op.drop_table('self_tests')
    op.drop_table('restores')
