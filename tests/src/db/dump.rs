//! All that a database holds, as text.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};

/// Every row of every table, each as `table {columns}`, in an order that depends on nothing but the rows.
pub async fn dump(db: &DatabaseConnection) -> Vec<String> {
    let mut rows = Vec::new();
    for table in names(db, tables(db)).await {
        rows.extend(of_table(db, &table).await);
    }
    rows
}

async fn of_table(db: &DatabaseConnection, table: &str) -> Vec<String> {
    let query = match db.get_database_backend() {
        DbBackend::Postgres => format!(r#"SELECT to_jsonb(t)::text AS name FROM "{table}" t"#),
        _ => {
            let columns = names(db, format!("SELECT name FROM pragma_table_info('{table}')")).await;
            let pairs: Vec<String> = columns.iter().map(|column| format!(r#"'{column}=' || quote("{column}")"#)).collect();
            format!(r#"SELECT {} AS name FROM "{table}""#, pairs.join(" || ' ' || "))
        }
    };
    let mut rows: Vec<String> = names(db, query).await.into_iter().map(|row| format!("{table} {row}")).collect();
    rows.sort();
    rows
}

fn tables(db: &DatabaseConnection) -> String {
    match db.get_database_backend() {
        DbBackend::Postgres => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
        _ => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1",
    }
    .to_owned()
}

async fn names(db: &DatabaseConnection, sql: String) -> Vec<String> {
    let name = |row: QueryResult| row.try_get("", "name").unwrap();
    let query = Statement::from_string(db.get_database_backend(), sql);
    db.query_all_raw(query).await.unwrap().into_iter().map(name).collect()
}
