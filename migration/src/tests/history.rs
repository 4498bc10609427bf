//! There and back again, and that indexes are where they are needed.

use sea_orm_migration::MigratorTrait;
use sea_orm_migration::sea_orm::DbBackend;

use super::databases::{lines, on_each, tables};
use super::examples;
use crate::Migrator;

#[tokio::test]
async fn the_history_goes_both_ways_with_rows_in_place() {
    on_each("migration_history", async |db| {
        Migrator::up(&db, None).await.unwrap();
        let once = tables(&db).await;
        examples::insert(&db).await;
        for _ in Migrator::migrations() {
            Migrator::down(&db, Some(1)).await.unwrap();
        }
        assert_eq!(tables(&db).await, Vec::<String>::new());
        for _ in Migrator::migrations() {
            Migrator::up(&db, Some(1)).await.unwrap();
        }
        assert_eq!(tables(&db).await, once);
        examples::insert(&db).await;
        Migrator::up(&db, None).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn every_foreign_key_has_an_index_that_begins_with_it() {
    on_each("migration_foreign_keys", async |db| {
        Migrator::up(&db, None).await.unwrap();
        let sql = match db.get_database_backend() {
            DbBackend::Sqlite => {
                r#"SELECT t.name || '.' || f."from" FROM sqlite_master t, pragma_foreign_key_list(t.name) f
                WHERE t.type = 'table' AND NOT EXISTS (
                    SELECT 1 FROM pragma_index_list(t.name) l, pragma_index_info(l.name) i
                    WHERE NOT l.partial AND i.seqno = 0 AND i.name = f."from")"#
            }
            _ => {
                "SELECT conrelid::regclass::text || '.' || conname::text FROM pg_constraint WHERE contype = 'f' AND NOT EXISTS (
                    SELECT 1 FROM pg_index WHERE indrelid = conrelid AND indpred IS NULL AND indkey[0] = conkey[1])"
            }
        };
        assert_eq!(lines(&db, sql).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn on_postgresql_text_is_compared_by_its_bytes_and_search_has_its_indexes() {
    on_each("migration_postgresql", async |db| {
        if db.get_database_backend() != DbBackend::Postgres {
            return;
        }
        Migrator::up(&db, None).await.unwrap();
        let otherwise = "SELECT table_name || '.' || column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name <> 'seaql_migrations' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'";
        assert_eq!(lines(&db, otherwise).await, Vec::<String>::new());
        let trigrams = r#"SELECT tablename::text FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%' ORDER BY tablename::text COLLATE "C""#;
        assert_eq!(lines(&db, trigrams).await, ["event", "organisation", "post", "venue"]);
    })
    .await;
}
