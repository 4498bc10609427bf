//! What a value must look like, as SQL that means the same on both databases. Null passes every one of these.

use sea_orm_migration::sea_orm::DbBackend;

/// Small letters a to z and digits, with single hyphens between them, at most 100 of all.
pub fn is_slug(database: DbBackend, column: &str) -> String {
    let shape = match database {
        DbBackend::Sqlite => ["*[^a-z0-9-]*", "-*", "*-", "*--*"].map(|bad| format!(r#""{column}" NOT GLOB '{bad}'"#)).join(" AND "),
        _ => format!(r#""{column}" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'"#),
    };
    format!(r#"length("{column}") BETWEEN 1 AND 100 AND {shape}"#)
}

/// `2012`, `2012-05`, or `2012-05-03`.
pub fn is_partial_date(database: DbBackend, column: &str) -> String {
    let shape = match database {
        DbBackend::Sqlite => {
            ["", "-[01][0-9]", "-[01][0-9]-[0-3][0-9]"].map(|rest| format!(r#""{column}" GLOB '[0-9][0-9][0-9][0-9]{rest}'"#)).join(" OR ")
        }
        _ => format!(r#""{column}" ~ '^[0-9]{{4}}(-[01][0-9](-[0-3][0-9])?)?$'"#),
    };
    let month = format!(r#"length("{column}") < 7 OR substr("{column}", 6, 2) BETWEEN '01' AND '12'"#);
    let day = format!(r#"length("{column}") < 10 OR substr("{column}", 9, 2) BETWEEN '01' AND '31'"#);
    format!("({shape}) AND ({month}) AND ({day})")
}

/// That one partial date is not before another, as far as both are known.
pub fn is_not_before(later: &str, earlier: &str) -> String {
    format!(r#"substr("{earlier}", 1, length("{later}")) <= "{later}""#)
}

/// So many capital letters: the codes of countries and currencies.
pub fn is_capitals(database: DbBackend, column: &str, count: usize) -> String {
    match database {
        DbBackend::Sqlite => format!(r#""{column}" GLOB '{}'"#, "[A-Z]".repeat(count)),
        _ => format!(r#""{column}" ~ '^[A-Z]{{{count}}}$'"#),
    }
}

/// Where moments are text: that their order as text is their order in time, as it is while all are said in UTC alike.
pub fn is_utc(database: DbBackend, column: &str) -> Option<String> {
    (database == DbBackend::Sqlite).then(|| format!(r#""{column}" GLOB '????-??-??T??:??:??*+00:00'"#))
}

/// One of a few words.
pub fn is_one_of(column: &str, words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
    format!(r#""{column}" IN ({})"#, quoted.join(", "))
}
