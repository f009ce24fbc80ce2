"""What is published of a rota: worked out to UTC stretches, versions, who saw them. And the stamp: triggers give it a new value
with every change of what a rota is made of, so that a reader knows whether what was worked out still holds. Adds only."""

from alembic import op
import sqlalchemy as sa
import webcare_pwa.db


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

ALL = 'INSERT, UPDATE, DELETE'
WATCHED = {  # table: what changes a rota
    'lines': ALL, 'rotations': ALL, 'rotation_members': ALL, 'rotation_windows': ALL, 'overrides': ALL, 'swaps': ALL,
    'absences': ALL, 'skills': ALL, 'extra_holidays': ALL, 'roles': ALL, 'people': 'UPDATE OF disabled_at',
    'organisations': 'INSERT, UPDATE OF desk_id, DELETE',
    'desks': 'UPDATE OF good_friday, liberation_day, december_24, december_31',
}


def events(table: str) -> list[str]:
    """`UPDATE OF a, b` is one event."""
    return [each.strip() for each in WATCHED[table].replace(', UPDATE', '|UPDATE').replace(', DELETE', '|DELETE').split('|')]


def watch() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for table in WATCHED:
            for number, event in enumerate(events(table)):
                op.execute(f'CREATE TRIGGER rota_changed_{table}_{number} AFTER {event} ON {table} BEGIN '
                           'UPDATE rota_stamps SET stamp = lower(hex(randomblob(16))); END')
        return
    op.execute('CREATE FUNCTION rota_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
               "UPDATE rota_stamps SET stamp = replace(gen_random_uuid()::text, '-', ''); RETURN NULL; END $$")
    for table in WATCHED:
        op.execute(f'CREATE TRIGGER rota_changed_{table} AFTER {" OR ".join(events(table))} ON {table} '
                   'FOR EACH STATEMENT EXECUTE FUNCTION rota_changed()')


def unwatch() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for table in WATCHED:
            for number, _ in enumerate(events(table)):
                op.execute(f'DROP TRIGGER rota_changed_{table}_{number}')
        return
    for table in WATCHED:
        op.execute(f'DROP TRIGGER rota_changed_{table} ON {table}')
    op.execute('DROP FUNCTION rota_changed()')


def upgrade() -> None:
    op.create_table('rota_stamps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stamp', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rota_stamps'))
    )
    op.execute("INSERT INTO rota_stamps (id, stamp) VALUES (1, 'first')")
    op.create_table('publications',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('desk_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('starts_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('ends_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=False),
    sa.Column('published_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['desk_id'], ['desks.id'], name=op.f('fk_publications_desk_id')),
    sa.ForeignKeyConstraint(['published_by_id'], ['people.id'], name=op.f('fk_publications_published_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publications')),
    sa.UniqueConstraint('desk_id', 'number', name=op.f('uq_publications_desk_id_number'))
    )
    op.create_table('publication_readings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('publication_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['publication_id'], ['publications.id'], name=op.f('fk_publication_readings_publication_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_publication_readings_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication_readings')),
    sa.UniqueConstraint('publication_id', 'person_id', name=op.f('uq_publication_readings_publication_id_person_id'))
    )
    op.create_table('published_rotas',
    sa.Column('desk_id', sa.Integer(), nullable=False),
    sa.Column('stamp', sa.String(length=32), nullable=False),
    sa.Column('starts_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('ends_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['desk_id'], ['desks.id'], name=op.f('fk_published_rotas_desk_id')),
    sa.PrimaryKeyConstraint('desk_id', name=op.f('pk_published_rotas'))
    )
    op.create_table('published_shifts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('ends_at', webcare_pwa.db.Utc(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('planned_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=8), nullable=False),
    sa.Column('rotation_id', sa.Integer(), nullable=True),
    sa.Column('turn', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['line_id'], ['lines.id'], name=op.f('fk_published_shifts_line_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_published_shifts_person_id')),
    sa.ForeignKeyConstraint(['planned_id'], ['people.id'], name=op.f('fk_published_shifts_planned_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_shifts')),
    sa.UniqueConstraint('line_id', 'starts_at', name=op.f('uq_published_shifts_line_id_starts_at'))
    )
    op.create_index(op.f('ix_published_shifts_person_id'), 'published_shifts', ['person_id'])
    watch()


def downgrade() -> None:
    unwatch()
    op.drop_index(op.f('ix_published_shifts_person_id'), 'published_shifts')
    for table in ('published_shifts', 'published_rotas', 'publication_readings', 'publications', 'rota_stamps'):
        op.drop_table(table)
