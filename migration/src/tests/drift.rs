//! That entities fit where the history ends.

use std::collections::BTreeSet;

use entity::words::{self, Words};
use sea_orm_migration::MigratorTrait;
use sea_orm_migration::sea_orm::sea_query::TableCreateStatement;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityName, Schema};

use super::databases::{lines, on_each, tables};
use crate::Migrator;

macro_rules! all_tables {
    ($schema:expr, $($table:ident)+) => {
        vec![$((entity::$table::Entity.table_name().to_owned(), $schema.create_table_from_entity(entity::$table::Entity))),+]
    };
}

/// How the reference of an organisation to its sign begins.
const TO_A_LOGO: &str = r#", CONSTRAINT "fk-organisation-logo_id" FOREIGN KEY"#;

/// Every table as its entity would have it, in an order in which references find what they refer to.
fn as_entities_would(database: DbBackend) -> Vec<(String, TableCreateStatement)> {
    let schema = Schema::new(database);
    all_tables!(schema,
        instance organisation person media image_variant organisation_text organisation_language membership network network_relation
        tag organisation_tag programme programme_text programme_funder venue venue_feature
        post post_text post_tag post_mention
        event event_text event_host event_language event_feature event_tag occurrence post_event
        former_slug organisation_person job audit_entry
        schedule
        seat_pool registration registration_answer sensitive_answer registration_receipt registration_message
        newsletter newsletter_issue newsletter_issue_text subscriber newsletter_subscription consent_wording consent delivery suppression
        sign_in_address sign_in session access_token invitation event_tombstone membership_application imported
        calendar_change calendar_source
    )
}

#[tokio::test]
async fn the_history_ends_in_what_the_entities_expect() {
    let migrated = on_each("migration_drift_migrated", async |db| {
        Migrator::up(&db, None).await.unwrap();
        (columns(&db).await, references(&db).await, unique_columns(&db).await)
    });
    let expected = on_each("migration_drift_expected", async |db| {
        let mut later = Vec::new();
        for (_, statement) in as_entities_would(db.get_database_backend()) {
            let sql = db.get_database_backend().build(&statement).sql;
            // Organisations have pictures, and pictures are of organisations: PostgreSQL wants one of the two first.
            match sql.find(TO_A_LOGO).filter(|_| db.get_database_backend() == DbBackend::Postgres) {
                Some(at) => {
                    let end = sql[at..].find("RESTRICT").map_or(sql.len(), |end| at + end + "RESTRICT".len());
                    later.push(format!(r#"ALTER TABLE "organisation" ADD {}"#, &sql[at + 2..end]));
                    db.execute_unprepared(&format!("{}{}", &sql[..at], &sql[end..])).await.unwrap();
                }
                None => _ = db.execute_unprepared(&sql).await.unwrap(),
            }
        }
        for sql in later {
            db.execute_unprepared(&sql).await.unwrap();
        }
        (columns(&db).await, references(&db).await, unique_columns(&db).await)
    });
    for (migrated, expected) in migrated.await.into_iter().zip(expected.await) {
        assert_eq!(migrated.0, expected.0);
        assert_eq!(migrated.1, expected.1);
        let missing: Vec<_> = expected.2.difference(&migrated.2).collect();
        assert!(missing.is_empty(), "not unique: {missing:?}");
    }
}

#[tokio::test]
async fn no_entity_and_no_table_is_left_out() {
    let modules = include_str!("../../../entity/src/lib.rs").lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let written: BTreeSet<String> = modules.filter(|name| !["id", "lists", "words"].contains(name)).map(str::to_owned).collect();
    on_each("migration_drift_tables", async |db| {
        Migrator::up(&db, None).await.unwrap();
        let expected: BTreeSet<_> = as_entities_would(db.get_database_backend()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(expected, written);
        assert_eq!(tables(&db).await.into_iter().collect::<BTreeSet<_>>(), written);
    })
    .await;
}

#[tokio::test]
async fn the_words_of_the_entities_are_those_that_the_database_knows() {
    let expected = [
        ("organisation", "kind", words::OrganisationKind::words()),
        ("membership", "decision", words::MembershipDecision::words()),
        ("network_relation", "kind", words::RelationKind::words()),
        ("venue_feature", "feature", words::AccessibilityFeature::words()),
        ("post", "kind", words::PostKind::words()),
        ("post", "status", words::PostStatus::words()),
        ("media", "kind", words::MediaKind::words()),
        ("imported", "kind", words::ImportedKind::words()),
        ("calendar_source", "problem", words::CalendarProblem::words()),
        ("event", "status", words::EventStatus::words()),
        ("event", "visibility", words::Visibility::words()),
        ("event", "category", words::EventCategory::words()),
        ("event", "mode", words::AttendanceMode::words()),
        ("event", "price_kind", words::PriceKind::words()),
        ("event", "registration_mode", words::RegistrationMode::words()),
        ("event", "registration_scope", words::RegistrationScope::words()),
        ("event_host", "role", words::HostRole::words()),
        ("event_feature", "feature", words::AccessibilityFeature::words()),
        ("occurrence", "mode", words::AttendanceMode::words()),
        ("former_slug", "kind", words::SluggedKind::words()),
        ("person", "network_role", words::NetworkRole::words()),
        ("event_tombstone", "visibility", words::Visibility::words()),
        ("newsletter", "visibility", words::Visibility::words()),
        ("newsletter_issue", "status", words::NewsletterIssueStatus::words()),
        ("newsletter_issue", "visibility", words::Visibility::words()),
        ("newsletter_subscription", "status", words::SubscriptionStatus::words()),
        ("consent", "step", words::ConsentStep::words()),
        ("consent", "channel", words::ConsentChannel::words()),
        ("delivery", "status", words::DeliveryStatus::words()),
        ("suppression", "reason", words::SuppressionReason::words()),
        ("registration", "status", words::RegistrationStatus::words()),
        ("registration_receipt", "status", words::RegistrationStatus::words()),
        ("registration_message", "audience", words::RegistrationAudience::words()),
        ("organisation_person", "role", words::OrganisationRole::words()),
        ("invitation", "role", words::OrganisationRole::words()),
    ];
    on_each("migration_drift_words", async |db| {
        if db.get_database_backend() != DbBackend::Sqlite {
            return;
        }
        Migrator::up(&db, None).await.unwrap();
        let written = lines(&db, "SELECT sql FROM sqlite_master WHERE type = 'table'").await.join("\n");
        for (table, column, words) in &expected {
            let check = format!(r#"CONSTRAINT "{table}_{column}_is_known" CHECK ("{column}" IN ('{}'))"#, words.join("', '"));
            assert!(written.contains(&check), "{check}");
        }
        assert_eq!(written.matches(r#"_is_known""#).count(), expected.len());
    })
    .await;
}

async fn columns(db: &DatabaseConnection) -> Vec<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            r#"SELECT t.name || '.' || c.name || ' ' || c.type || ' not null: ' || c."notnull" || ' key: ' || c.pk
            FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name <> 'seaql_migrations' ORDER BY t.name, c.cid"#
        }
        _ => {
            "SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' not null: ' || a.attnotnull
                || ' key: ' || coalesce(array_position(i.indkey::int2[], a.attnum), -1)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'seaql_migrations' AND a.attnum > 0
            ORDER BY c.relname, a.attnum"
        }
    };
    lines(db, sql).await
}

async fn references(db: &DatabaseConnection) -> Vec<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            r#"SELECT t.name || '.' || f."from" || ' to ' || f."table" || '.' || f."to" || ' on delete ' || f.on_delete || ' on update ' || f.on_update
            FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table' ORDER BY 1"#
        }
        _ => {
            "SELECT conrelid::regclass::text || '.' || a.attname || ' to ' || confrelid::regclass::text || ' on delete ' || confdeltype::text || ' on update ' || confupdtype::text
            FROM pg_constraint JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1] WHERE contype = 'f' ORDER BY 1"
        }
    };
    lines(db, sql).await
}

async fn unique_columns(db: &DatabaseConnection) -> BTreeSet<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            r#"SELECT t.name || ': ' || group_concat(i.name) FROM sqlite_master t, pragma_index_list(t.name) l, pragma_index_info(l.name) i
            WHERE t.type = 'table' AND l.origin = 'u' GROUP BY t.name, l.name"#
        }
        _ => {
            "SELECT conrelid::regclass::text || ': ' || string_agg(a.attname, ',' ORDER BY a.attnum)
            FROM pg_constraint JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = ANY (conkey) WHERE contype = 'u' GROUP BY conrelid, conname"
        }
    };
    lines(db, sql).await.into_iter().collect()
}
