//! The program itself, run as its own process: several of them at once leave one sound result.

use std::process::Output;

use miso_tests::db::{Contents, Database, dump, is_postgres};
use miso_tests::process::command;

fn run_at_once(url: &str, arguments: &[&str], times: usize) -> Vec<Output> {
    let started: Vec<_> = (0..times).map(|_| command(url, arguments).spawn().unwrap()).collect();
    started.into_iter().map(|process| process.wait_with_output().unwrap()).collect()
}

fn assert_all_well(outputs: &[Output]) {
    for output in outputs {
        assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    }
}

#[tokio::test]
async fn several_processes_that_migrate_at_once_leave_what_one_leaves() {
    let (database, alone) = (Database::new(Contents::Nothing).await, Database::new(Contents::Nothing).await);
    assert_all_well(&run_at_once(database.url(), &["migrate"], if is_postgres() { 6 } else { 3 }));
    assert_all_well(&run_at_once(alone.url(), &["migrate"], 1));
    let without_times = |rows: Vec<String>| -> Vec<String> {
        rows.into_iter().map(|row| row.split("applied_at").next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(without_times(dump(&database.connect().await).await), without_times(dump(&alone.connect().await).await));
}

#[tokio::test]
async fn several_processes_that_seed_at_once_leave_what_one_leaves() {
    let database = Database::new(Contents::Nothing).await;
    assert_all_well(&run_at_once(database.url(), &["seed"], 3));
    let rows = dump(&database.connect().await).await;
    let of = |table: &str| rows.iter().filter(|row| row.starts_with(&format!("{table} "))).count();
    assert_eq!((of("network"), of("post")), (1, 6));
    assert!(of("organisation") >= 49 + 18, "{}", of("organisation"));
    assert_all_well(&run_at_once(database.url(), &["seed"], 2));
    assert!(dump(&database.connect().await).await == rows, "seeding again changed something");
}

#[test]
fn the_schema_is_printed_without_a_database() {
    let output = command("postgres://nobody@127.0.0.1:1/nothing", &["schema"]).output().unwrap();
    assert_all_well(std::slice::from_ref(&output));
    assert!(String::from_utf8_lossy(&output.stdout) == miso::schema::sdl(), "it printed another schema than this test knows");
}

#[test]
fn an_unsound_setting_is_told_in_one_line() {
    for (name, value) in [
        ("MISO_PUBLIC_URL", "nonsense"),
        ("MISO_LISTEN", "x"),
        ("DATABASE_URL", "mysql://x"),
        ("MISO_SECRET_KEY", "short"),
        ("MISO_LIMTS", "1"),
    ] {
        let output = command("sqlite::memory:", &["migrate"]).env(name, value).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{name}={value} was taken");
        assert_eq!(said.trim_end().lines().count(), 1, "{name}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}
