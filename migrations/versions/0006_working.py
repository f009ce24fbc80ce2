"""When people work, and what the working-time law asks of a person. Adds only."""

from alembic import op
import sqlalchemy as sa


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('work_days',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('starts', sa.Time(), nullable=False),
    sa.Column('ends', sa.Time(), nullable=False),
    sa.Column('break_minutes', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_work_days_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_days')),
    sa.UniqueConstraint('person_id', 'weekday', name=op.f('uq_work_days_person_id_weekday'))
    )
    op.create_table('law_facts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('adult_on', sa.Date(), nullable=True),
    sa.Column('exempt', sa.Boolean(), nullable=False),
    sa.Column('employed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_law_facts_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_law_facts')),
    sa.UniqueConstraint('person_id', name=op.f('uq_law_facts_person_id'))
    )


def downgrade() -> None:
    op.drop_table('law_facts')
    op.drop_table('work_days')
