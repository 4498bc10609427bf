//! Readers leave by a mail, some complain, and some are brought along: the ledger of consents knows by what.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::ConnectionTrait;

use crate::table::{Cascade, NewTable, Of, Restrict, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

const BEFORE: [&str; 4] = ["FORM", "CONFIRMATION_LINK", "PREFERENCES", "UNSUBSCRIBE_LINK"];
const NOW: [&str; 7] = ["FORM", "CONFIRMATION_LINK", "PREFERENCES", "UNSUBSCRIBE_LINK", "UNSUBSCRIBE_MAIL", "COMPLAINT", "IMPORT"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        make_anew(manager, &NOW).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What somebody did stays on record, by the nearest word that there was.
        for nearest in [
            r#"UPDATE "consent" SET "channel" = 'UNSUBSCRIBE_LINK' WHERE "channel" IN ('UNSUBSCRIBE_MAIL', 'COMPLAINT')"#,
            r#"UPDATE "consent" SET "channel" = 'FORM' WHERE "channel" = 'IMPORT'"#,
        ] {
            manager.get_connection().execute_unprepared(nearest).await?;
        }
        make_anew(manager, &BEFORE).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Makes the ledger anew with other words, as SQLite cannot change what a column may hold. Nothing refers to it.
async fn make_anew(manager: &SchemaManager<'_>, channels: &[&str]) -> Result<(), DbErr> {
    const COLUMNS: &str = r#""id", "subscriber_id", "newsletter_id", "step", "channel", "wording_id", "at""#;
    let database = manager.get_connection();
    database.execute_unprepared(&format!(r#"CREATE TABLE "consent_kept" AS SELECT {COLUMNS} FROM "consent""#)).await?;
    drop_tables(manager, &["consent"]).await?;
    NewTable::new(manager, "consent")
        .id()
        .required(Of::Id, &["subscriber_id", "newsletter_id"])
        .word("step", &["REQUESTED", "CONFIRMED", "WITHDRAWN"])
        .word("channel", channels)
        .optional(Of::Id, &["wording_id"])
        .required(Of::Instant, &["at"])
        .reference("subscriber_id", "subscriber", Cascade)
        .reference("newsletter_id", "newsletter", Restrict)
        .reference("wording_id", "consent_wording", Restrict)
        .index(&["subscriber_id", "at", "id"])
        .index(&["newsletter_id"])
        .index(&["wording_id"])
        .create()
        .await?;
    database.execute_unprepared(&format!(r#"INSERT INTO "consent" ({COLUMNS}) SELECT {COLUMNS} FROM "consent_kept""#)).await?;
    drop_tables(manager, &["consent_kept"]).await
}
