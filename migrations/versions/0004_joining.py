"""What somebody who joins the duty says he did. Adds only."""

from alembic import op
import sqlalchemy as sa
import webcare_pwa.db


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('joining_confirmations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('about', sa.String(length=200), nullable=False),
    sa.Column('at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_joining_confirmations_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_joining_confirmations')),
    sa.UniqueConstraint('person_id', 'item', 'about', name=op.f('uq_joining_confirmations_person_id_item_about'))
    )


def downgrade() -> None:
    op.drop_table('joining_confirmations')
