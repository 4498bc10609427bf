//! What the databases refuse, by name, and what they must not.

use sea_orm_migration::MigratorTrait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, SqlErr};

use super::databases::{lines, on_each};
use super::examples;
use crate::Migrator;

async fn with_examples(name: &str, test: impl AsyncFn(DatabaseConnection)) {
    on_each(name, async |db| {
        Migrator::up(&db, None).await.unwrap();
        examples::insert(&db).await;
        test(db).await;
    })
    .await;
}

async fn refusal(db: &DatabaseConnection, sql: &str) -> DbErr {
    db.execute_unprepared(sql).await.expect_err(sql)
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_its_name() {
    let refused = [
        ("instance_is_the_only_one", "UPDATE instance SET id = 2"),
        ("organisation_revision_is_at_least_1", "UPDATE organisation SET revision = 0"),
        ("organisation_kind_is_known", "UPDATE organisation SET kind = 'member'"),
        ("organisation_name_is_not_blank", "UPDATE organisation SET name = ' '"),
        ("organisation_country_code_is_2_capitals", "UPDATE organisation SET country_code = 'de'"),
        ("organisation_latitude_is_on_earth", "UPDATE organisation SET latitude = 90.1"),
        ("organisation_longitude_is_on_earth", "UPDATE organisation SET longitude = -180.1"),
        ("organisation_location_is_whole", "UPDATE organisation SET latitude = NULL"),
        ("venue_location_is_whole", "UPDATE venue SET longitude = 9"),
        ("membership_left_after_joining", "UPDATE membership SET joined_on = '2012-05', left_on = '2012-04-30'"),
        ("membership_left_after_joining", "UPDATE membership SET joined_on = '2012', left_on = '2011-12'"),
        ("membership_left_after_joining", "UPDATE membership SET joined_on = '2012-05', left_on = '2011'"),
        ("network_relation_position_is_at_least_0", "UPDATE network_relation SET position = -1"),
        ("programme_ended_after_starting", "UPDATE programme SET ended_on = '2019'"),
        ("post_published_has_moment", "UPDATE post SET published_at = NULL"),
        ("post_scheduled_has_moment", "UPDATE post SET status = 'SCHEDULED'"),
        ("post_status_is_known", "UPDATE post SET status = 'CANCELLED'"),
        ("post_reading_minutes_is_at_least_1", "UPDATE post SET reading_minutes = 0"),
        ("media_image_has_alt_and_size", "UPDATE media SET alt = ' '"),
        ("media_image_has_alt_and_size", "UPDATE media SET width = NULL"),
        ("post_text_title_is_not_blank", "UPDATE post_text SET title = ''"),
        ("event_ends_after_start", "UPDATE event SET ends_at = starts_at"),
        ("event_recurs_or_has_further_dates", r#"UPDATE event SET further_dates = '["2022-05-17T18:00:00Z"]'"#),
        ("event_published_has_moment", "UPDATE event SET published_at = NULL"),
        ("event_scheduled_has_moment", "UPDATE event SET status = 'SCHEDULED'"),
        ("event_capacity_is_at_least_0", "UPDATE event SET capacity = -1"),
        ("event_max_seats_is_at_least_1", "UPDATE event SET max_seats = 0"),
        ("event_closes_minutes_before_is_at_least_0", "UPDATE event SET closes_minutes_before = -1"),
        ("event_outcome_donations_is_at_least_0", "UPDATE event SET outcome_donations = -1"),
        ("event_outcome_currency_is_3_capitals", "UPDATE event SET outcome_currency = 'EURO'"),
        ("event_sequence_is_at_least_0", "UPDATE event SET sequence = -1"),
        ("occurrence_ends_after_start", "UPDATE occurrence SET ends_at = starts_at"),
        ("occurrence_is_over_after_start", "UPDATE occurrence SET over_at = '2022-05-17T16:00:00+00:00'"),
        ("former_slug_leads_to_its_kind", "UPDATE former_slug SET kind = 'POST'"),
        ("former_slug_leads_to_its_kind", "UPDATE former_slug SET event_id = NULL"),
        ("former_slug_leads_to_its_kind", "UPDATE former_slug SET post_id = (SELECT id FROM post)"),
        ("person_email_is_lower_case", "UPDATE person SET email = 'Ada@example.org'"),
        ("person_network_role_is_known", "UPDATE person SET network_role = 'OWNER'"),
        ("job_attempts_is_at_least_0", "UPDATE job SET attempts = -1"),
        ("schedule_name_is_not_blank", "UPDATE schedule SET name = ' '"),
    ];
    with_examples("migration_refusals", async |db| {
        for (name, sql) in refused {
            let error = refusal(&db, sql).await.to_string();
            assert!(error.contains(name), "{name}: {error}");
        }
    })
    .await;
}

#[tokio::test]
async fn slugs_and_partial_dates_have_one_shape() {
    with_examples("migration_shapes", async |db| {
        let slug = |slug: &str| format!("UPDATE event SET slug = '{slug}'");
        for bad in ["", "-a", "a-", "a--b", "a.b", "a b", "A", "ä", "a_b", "a\n", &"a".repeat(101)] {
            assert!(refusal(&db, &slug(bad)).await.to_string().contains("event_slug_is_a_slug"), "{bad}");
        }
        for good in ["a", "7", "vom-lip-zum-wir-2-0", &"a".repeat(100)] {
            db.execute_unprepared(&slug(good)).await.unwrap();
        }
        let founded_on = |date: &str| format!("UPDATE organisation SET founded_on = '{date}'");
        for bad in
            ["", "12", "2012-", "2012-5", "2012-00", "2012-13", "2012-05-", "2012-05-00", "2012-05-32", "2012-05-03T", "20x2", "2012/05"]
        {
            assert!(refusal(&db, &founded_on(bad)).await.to_string().contains("organisation_founded_on_is_a_partial_date"), "{bad}");
        }
        for good in ["2012", "2012-05", "2012-10", "2012-05-03", "2012-12-31"] {
            db.execute_unprepared(&founded_on(good)).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_known_as_precisely_as_it_is_known_is_accepted() {
    with_examples("migration_acceptances", async |db| {
        for sql in [
            "UPDATE membership SET joined_on = '2012-05', left_on = '2012'",
            "UPDATE membership SET joined_on = '2012', left_on = '2012-05-03'",
            "UPDATE membership SET joined_on = NULL, left_on = '2012'",
            "UPDATE event SET recurrence = NULL, further_dates = '[\"2022-05-17T18:00:00Z\"]'",
            "UPDATE event SET status = 'DRAFT', published_at = NULL",
            "UPDATE event SET ends_at = NULL, capacity = 0",
            "UPDATE organisation SET latitude = NULL, longitude = NULL, founded_on = NULL",
            "UPDATE former_slug SET kind = 'PROGRAMME', event_id = NULL, programme_id = (SELECT id FROM programme)",
        ] {
            db.execute_unprepared(sql).await.expect(sql);
        }
    })
    .await;
}

#[tokio::test]
async fn there_is_one_of_what_there_is_one_of() {
    let again = |table: &str, columns: &str, changed: &str| format!("INSERT INTO {table} ({columns}) SELECT {changed} FROM {table}");
    with_examples("migration_uniqueness", async |db| {
        let other = match db.get_database_backend() {
            DbBackend::Sqlite => "x'018f0000000070008000000000000002'",
            _ => "'018f0000-0000-7000-8000-000000000002'::uuid",
        };
        let membership = "id, organisation_id, decision, is_founding, created_at";
        let applied = format!("{other}, organisation_id, 'APPLIED', is_founding, created_at");
        db.execute_unprepared(&again("membership", membership, &applied)).await.unwrap();
        let waiting = "id, kind, payload, run_at, attempts, created_at, key";
        let occurrence = "id, revision, event_id, starts_at, original_starts_at, over_at, place_is_own, mode, is_cancelled, updated_at";
        for sql in [
            again("tag", "id, slug, name", &format!("{other}, slug, name")),
            again("person", "id, email, locale, created_at", &format!("{other}, email, locale, created_at")),
            again("job", waiting, &waiting.replacen("id", other, 1)),
            again("schedule", "name, rule, next_at", "name, rule, next_at"),
            again("occurrence", occurrence, &occurrence.replacen("id", other, 1)),
            "UPDATE membership SET decision = 'ADMITTED', left_on = NULL".to_owned(),
            "UPDATE membership SET decision = 'APPLIED'".to_owned(),
            "INSERT INTO event_language SELECT event_id, 'en', is_interpretation, position FROM event_language".to_owned(),
        ] {
            let error = refusal(&db, &sql).await;
            assert!(matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))), "{sql}: {error}");
        }
        db.execute_unprepared(&another_organisation(other)).await.unwrap();
        let network = format!(
            "INSERT INTO network (organisation_id, revision, legal_name, opening_hours, time_zone, default_locale, locales, updated_at)
            SELECT {other}, revision, legal_name, opening_hours, time_zone, default_locale, locales, updated_at FROM network"
        );
        assert!(refusal(&db, &network).await.to_string().contains("network_is_the_only_one"));
        let host = format!(
            "INSERT INTO event_host (event_id, organisation_id, role, position) SELECT event_id, {other}, role, position FROM event_host"
        );
        assert!(matches!(refusal(&db, &host).await.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))));
    })
    .await;
}

fn another_organisation(id: &str) -> String {
    let columns = "revision, name, name_key, aliases, kind, original_locale, country_code, address_is_public, publishes_without_review, \
        sources, search_title, search_text, created_at, updated_at";
    format!("INSERT INTO organisation (id, slug, {columns}) SELECT {id}, 'other', {columns} FROM organisation")
}

#[tokio::test]
async fn on_sqlite_a_moment_in_another_spelling_is_refused() {
    with_examples("migration_moments", async |db| {
        if db.get_database_backend() != DbBackend::Sqlite {
            return;
        }
        for moment in ["CURRENT_TIMESTAMP", "'2022-05-17T18:00:00+02:00'", "'2022-05-17T18:00:00Z'", "0"] {
            let error = refusal(&db, &format!("UPDATE event SET created_at = {moment}")).await.to_string();
            assert!(error.contains("event_created_at_is_utc"), "{error}");
        }
        db.execute_unprepared("UPDATE event SET created_at = '2022-05-17T18:00:00.123456+00:00'").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn rows_go_with_what_they_belong_to_and_hold_what_they_need() {
    with_examples("migration_references", async |db| {
        for sql in ["DELETE FROM organisation", "DELETE FROM programme", "DELETE FROM venue", "DELETE FROM tag", "DELETE FROM event"] {
            let error = refusal(&db, sql).await.to_string();
            assert!(error.to_lowercase().contains("foreign key constraint"), "{sql}: {error}");
        }
        for sql in ["DELETE FROM person", "DELETE FROM registration", "DELETE FROM event", "DELETE FROM post"] {
            db.execute_unprepared(sql).await.expect(sql);
        }
        for table in [
            "event_text",
            "event_host",
            "occurrence",
            "post_event",
            "post_text",
            "former_slug",
            "organisation_person",
            "seat_pool",
            "sensitive_answer",
        ] {
            let gone = lines(&db, &format!("SELECT 'left' FROM {table}")).await;
            assert!(gone.is_empty(), "{table}");
        }
        assert_eq!(lines(&db, "SELECT 'kept' FROM audit_entry WHERE actor_id IS NULL").await, ["kept"]);
    })
    .await;
}
