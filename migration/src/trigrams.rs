//! What makes a search inside words fast: an index on every three letters in a row, where PostgreSQL has the extension for it.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, SchemaManager};

/// Indexes a table's `search_text`. Without the extension, or the right to create it, search reads the whole table instead.
pub async fn index(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let sql = format!(
        r#"
        DO $$
        BEGIN
            CREATE EXTENSION IF NOT EXISTS pg_trgm;
            CREATE INDEX "{table}_search_text_index" ON "{table}" USING gin ("search_text" gin_trgm_ops);
        EXCEPTION
            WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object OR unique_violation THEN
                RAISE NOTICE 'search in "{table}" goes without an index: %', SQLERRM;
        END
        $$
        "#
    );
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}
