"""Services that refuse this installation. Adds only."""

from alembic import op
import sqlalchemy as sa
import webcare_pwa.db


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('provider_faults',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('detail', sa.String(length=200), nullable=False),
    sa.Column('since', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('ended_at', webcare_pwa.db.Utc(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provider_faults'))
    )


def downgrade() -> None:
    op.drop_table('provider_faults')
