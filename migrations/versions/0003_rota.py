"""The rota: rotations of hours and days, windows, start and end, swaps of turns, leave, skills, holidays of a desk. Adds only."""

from alembic import op
import sqlalchemy as sa
import webcare_pwa.db


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

def columns() -> dict[str, list[sa.Column]]:
    return {
        'desks': [
            sa.Column('good_friday', sa.Boolean(), server_default=sa.false(), nullable=False),
            sa.Column('liberation_day', sa.String(length=7), server_default='lustrum', nullable=False),
            sa.Column('december_24', sa.Boolean(), server_default=sa.false(), nullable=False),
            sa.Column('december_31', sa.Boolean(), server_default=sa.false(), nullable=False),
        ],
        'lines': [
            sa.Column('name', sa.String(length=60), server_default='', nullable=False),
            sa.Column('skill', sa.String(length=40), server_default='', nullable=False),
        ],
        'rotations': [
            sa.Column('unit', sa.String(length=5), server_default='weeks', nullable=False),
            sa.Column('begins_on', sa.Date(), nullable=True),
            sa.Column('begins_time', sa.Time(), nullable=True),
            sa.Column('ends_time', sa.Time(), nullable=True),
            sa.Column('position', sa.Integer(), server_default='0', nullable=False),
            sa.Column('code', sa.String(length=60), server_default='', nullable=False),
        ],
    }


def upgrade() -> None:
    op.create_table('rotation_windows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rotation_id', sa.Integer(), nullable=False),
    sa.Column('days', sa.String(length=7), nullable=False),
    sa.Column('opens', sa.Time(), nullable=False),
    sa.Column('closes', sa.Time(), nullable=False),
    sa.Column('closes_on', sa.Integer(), nullable=True),
    sa.Column('holidays', sa.String(length=6), nullable=False),
    sa.ForeignKeyConstraint(['rotation_id'], ['rotations.id'], name=op.f('fk_rotation_windows_rotation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rotation_windows'))
    )
    op.create_index(op.f('ix_rotation_windows_rotation_id'), 'rotation_windows', ['rotation_id'])
    op.create_table('swaps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rotation_id', sa.Integer(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('other_rotation_id', sa.Integer(), nullable=True),
    sa.Column('other_turn', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('withdrawn_at', webcare_pwa.db.Utc(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['rotation_id'], ['rotations.id'], name=op.f('fk_swaps_rotation_id')),
    sa.ForeignKeyConstraint(['other_rotation_id'], ['rotations.id'], name=op.f('fk_swaps_other_rotation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_swaps_person_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['people.id'], name=op.f('fk_swaps_created_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_swaps'))
    )
    op.create_index(op.f('ix_swaps_rotation_id'), 'swaps', ['rotation_id'])
    op.create_table('absences',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('ends_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('withdrawn_at', webcare_pwa.db.Utc(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_absences_person_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['people.id'], name=op.f('fk_absences_created_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absences'))
    )
    op.create_index(op.f('ix_absences_person_id'), 'absences', ['person_id'])
    op.create_table('skills',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_skills_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_skills')),
    sa.UniqueConstraint('person_id', 'code', name=op.f('uq_skills_person_id_code'))
    )
    op.create_table('extra_holidays',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('desk_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['desk_id'], ['desks.id'], name=op.f('fk_extra_holidays_desk_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extra_holidays')),
    sa.UniqueConstraint('desk_id', 'day', name=op.f('uq_extra_holidays_desk_id_day'))
    )
    for table, added in columns().items():  # in place: SQLite would otherwise copy a table that others refer to
        for column in added:
            op.add_column(table, column)


def downgrade() -> None:
    for table, added in columns().items():
        for column in added:
            op.drop_column(table, column.name)
    for table in ('extra_holidays', 'skills', 'absences', 'swaps', 'rotation_windows'):
        op.drop_table(table)
