//! How often what calendars tell has changed, counted by triggers.
//!
//! Counting is a matter of the database, as there are many ways of writing: an editor's, an import's, that of who merges what was entered
//! twice. On PostgreSQL each transaction counts in a row of its own, so that none waits for another; on SQLite who writes is alone.

use sea_orm_migration::prelude::{ConnectionTrait, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{NewTable, Of, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// What an event's rows are found by its hosts' calendars through.
const OF_EVENTS: [(&str, &str); 6] = [
    ("event", "id"),
    ("event_text", "event_id"),
    ("event_tag", "event_id"),
    ("event_language", "event_id"),
    ("event_feature", "event_id"),
    ("occurrence", "event_id"),
];

/// What may stand in the calendars of all.
const OF_ALL: [&str; 11] = [
    "network",
    "organisation",
    "membership",
    "membership_application",
    "programme",
    "programme_text",
    "tag",
    "venue",
    "venue_feature",
    "event_tombstone",
    "former_slug",
];

/// Whether a trigger is given the rows as they were, or as they are.
const DEEDS: [(&str, &str); 3] = [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new(manager, "calendar_change")
            .required(Of::Id, &["organisation_id"])
            .required(Of::BigInteger, &["slot", "changes"])
            .required(Of::Instant, &["changed_at"])
            .at_least(1, &["changes"])
            .key(&["organisation_id", "slot"])
            .create()
            .await?;
        let sql = match manager.get_database_backend() {
            DbBackend::Postgres => on_postgresql(),
            _ => on_sqlite(),
        };
        for statement in sql {
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = OF_EVENTS.iter().map(|(table, _)| *table).chain(["event_host"]).chain(OF_ALL);
        for (table, (deed, _)) in tables.flat_map(|table| DEEDS.map(|deed| (table, deed))) {
            let on = if manager.get_database_backend() == DbBackend::Postgres { format!(r#" ON "{table}""#) } else { String::new() };
            manager.get_connection().execute_unprepared(&format!(r#"DROP TRIGGER "{}"{on}"#, name(table, deed))).await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            for function in FUNCTIONS {
                manager.get_connection().execute_unprepared(&format!(r#"DROP FUNCTION "{function}""#)).await?;
            }
        }
        drop_tables(manager, &["calendar_change"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn name(table: &str, deed: &str) -> String {
    format!("{table}_{}_changes_calendars", deed.to_lowercase())
}

fn on_sqlite() -> Vec<String> {
    let counted = |whose: &str| {
        format!(
            r#"INSERT INTO "calendar_change" ("organisation_id", "slot", "changes", "changed_at")
            SELECT {whose} ON CONFLICT ("organisation_id", "slot")
            DO UPDATE SET "changes" = "changes" + 1, "changed_at" = excluded."changed_at""#
        )
    };
    let now = "0, 1, strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')";
    let trigger = |table: &str, deed: &str, what: &str| {
        format!(r#"CREATE TRIGGER "{}" AFTER {deed} ON "{table}" FOR EACH ROW BEGIN {what}; END"#, name(table, deed))
    };
    let mut sql = Vec::new();
    for (deed, row) in DEEDS {
        for (table, id) in OF_EVENTS {
            let hosts = format!(r#""organisation_id", {now} FROM "event_host" WHERE "event_id" = {row}."{id}""#);
            sql.push(trigger(table, deed, &counted(&hosts)));
        }
        sql.push(trigger("event_host", deed, &counted(&format!(r#"{row}."organisation_id", {now} WHERE true"#))));
        for table in OF_ALL {
            sql.push(trigger(table, deed, &counted(&format!("zeroblob(16), {now} WHERE true"))));
        }
    }
    sql
}

const FUNCTIONS: [&str; 4] = ["event_changes_calendars", "part_changes_calendars", "host_changes_calendars", "anything_changes_calendars"];

fn on_postgresql() -> Vec<String> {
    let function = |name: &str, whose: &str| {
        format!(
            r#"CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO "calendar_change" ("organisation_id", "slot", "changes", "changed_at")
            SELECT DISTINCT {whose} ON CONFLICT ("organisation_id", "slot")
            DO UPDATE SET "changes" = "calendar_change"."changes" + 1, "changed_at" = excluded."changed_at";
            RETURN NULL; END $$"#
        )
    };
    let now = "txid_current(), 1, statement_timestamp()";
    let of_hosts = |id: &str| format!(r#"h."organisation_id", {now} FROM changed c JOIN "event_host" h ON h."event_id" = c."{id}""#);
    let nobody = "'00000000-0000-0000-0000-000000000000'::uuid";
    let [of_event, of_part, of_host, of_all] = FUNCTIONS;
    let mut sql = vec![
        function(of_event, &of_hosts("id")),
        function(of_part, &of_hosts("event_id")),
        function(of_host, &format!(r#"c."organisation_id", {now} FROM changed c"#)),
        function(of_all, &format!("{nobody}, {now} FROM changed c")),
    ];
    let parts = OF_EVENTS.iter().map(|(table, id)| (*table, if *id == "id" { of_event } else { of_part }));
    let all: Vec<_> = parts.chain([("event_host", of_host)]).chain(OF_ALL.map(|table| (table, of_all))).collect();
    for (deed, row) in DEEDS {
        for (table, function) in &all {
            sql.push(format!(
                r#"CREATE TRIGGER "{}" AFTER {deed} ON "{table}" REFERENCING {row} TABLE AS changed
                FOR EACH STATEMENT EXECUTE FUNCTION "{function}"()"#,
                name(table, deed)
            ));
        }
    }
    sql
}
