//! How a step writes down a table: its columns in order, what must hold of them, whom they refer to, how they are found.

pub use sea_orm_migration::sea_query::ForeignKeyAction::{Cascade, Restrict, SetNull};

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::sea_query::{Check, ColumnDef, ColumnType, Expr, ForeignKey, ForeignKeyAction, Index, Table, TableCreateStatement};
use sea_orm_migration::{DbErr, SchemaManager};

use crate::{conditions, trigrams};

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// A UUID.
    Id,
    /// Text, compared byte by byte.
    Text,
    /// Yes or no.
    Boolean,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    BigInteger,
    /// A floating point number of 64 bits.
    Double,
    /// A moment, kept in UTC.
    Instant,
    /// A list or object that is kept whole.
    Json,
}

/// A table that is being written down.
pub struct NewTable<'a> {
    manager: &'a SchemaManager<'a>,
    name: &'static str,
    statement: TableCreateStatement,
    indexes: Vec<String>,
    is_searched: bool,
}

/// Drops tables, in this order.
pub async fn drop_tables(manager: &SchemaManager<'_>, names: &[&'static str]) -> Result<(), DbErr> {
    for name in names {
        manager.drop_table(Table::drop().table(*name).take()).await?;
    }
    Ok(())
}

/// Gives a table that exists another column, which is null in the rows that are there.
pub async fn add_column(manager: &SchemaManager<'_>, table: &'static str, of: Of, name: &'static str) -> Result<(), DbErr> {
    let column = column(manager, of, name);
    manager.alter_table(Table::alter().table(table).add_column(column).take()).await
}

/// Takes columns from a table, in this order.
pub async fn drop_columns(manager: &SchemaManager<'_>, table: &'static str, names: &[&'static str]) -> Result<(), DbErr> {
    for name in names {
        manager.alter_table(Table::alter().table(table).drop_column(*name).take()).await?;
    }
    Ok(())
}

fn column(manager: &SchemaManager<'_>, of: Of, name: &'static str) -> ColumnDef {
    let column_type = match of {
        Of::Id => ColumnType::Uuid,
        Of::Text => ColumnType::Text,
        Of::Boolean => ColumnType::Boolean,
        Of::Integer => ColumnType::Integer,
        Of::BigInteger => ColumnType::BigInteger,
        Of::Double => ColumnType::Double,
        Of::Instant => ColumnType::TimestampWithTimeZone,
        Of::Json => ColumnType::JsonBinary,
    };
    let mut column = ColumnDef::new_with_type(name, column_type);
    if of == Of::Text && manager.get_database_backend() == DbBackend::Postgres {
        column.extra(r#"COLLATE "C""#);
    }
    column
}

impl<'a> NewTable<'a> {
    /// A table without columns.
    pub fn new(manager: &'a SchemaManager<'a>, name: &'static str) -> Self {
        Self { manager, name, statement: Table::create().table(name).take(), indexes: Vec::new(), is_searched: false }
    }

    /// Columns that always have a value.
    pub fn required(self, of: Of, columns: &[&'static str]) -> Self {
        columns.iter().fold(self, |table, column| table.column(of, column, false))
    }

    /// Columns that may be null.
    pub fn optional(self, of: Of, columns: &[&'static str]) -> Self {
        columns.iter().fold(self, |table, column| table.column(of, column, true))
    }

    /// The column by which all else refers to a row.
    pub fn id(self) -> Self {
        self.required(Of::Id, &["id"]).key(&["id"])
    }

    /// Raised by every change.
    pub fn revision(self) -> Self {
        self.required(Of::Integer, &["revision"]).at_least(1, &["revision"])
    }

    /// The readable part of an address, of which there is one.
    pub fn slug(self) -> Self {
        self.required(Of::Text, &["slug"]).slug_shape().unique(&["slug"])
    }

    /// That `slug` is one.
    pub fn slug_shape(self) -> Self {
        let condition = conditions::is_slug(self.database(), "slug");
        self.check("slug_is_a_slug", condition)
    }

    /// A value that is one of a few.
    pub fn word(self, column: &'static str, words: &[&str]) -> Self {
        self.required(Of::Text, &[column]).check(&format!("{column}_is_known"), conditions::is_one_of(column, words))
    }

    /// A value that is one of a few, or null.
    pub fn optional_word(self, column: &'static str, words: &[&str]) -> Self {
        self.optional(Of::Text, &[column]).check(&format!("{column}_is_known"), conditions::is_one_of(column, words))
    }

    /// Days, months or years, where they are known.
    pub fn partial_dates(self, columns: &[&'static str]) -> Self {
        columns.iter().fold(self.optional(Of::Text, columns), |table, column| {
            let condition = conditions::is_partial_date(table.database(), column);
            table.check(&format!("{column}_is_a_partial_date"), condition)
        })
    }

    /// Where it is on the map, if it is known.
    pub fn location(self) -> Self {
        self.optional(Of::Double, &["latitude", "longitude"])
            .check("latitude_is_on_earth", "latitude BETWEEN -90 AND 90")
            .check("longitude_is_on_earth", "longitude BETWEEN -180 AND 180")
            .check("location_is_whole", "(latitude IS NULL) = (longitude IS NULL)")
    }

    /// The place in a list, from 0; `list` are the columns that say which list.
    pub fn position_in(self, list: &[&str]) -> Self {
        let unique: Vec<_> = list.iter().copied().chain(["position"]).collect();
        self.required(Of::Integer, &["position"]).at_least(0, &["position"]).unique(&unique)
    }

    /// That columns have text in them.
    pub fn not_blank(self, columns: &[&str]) -> Self {
        columns.iter().fold(self, |table, column| table.check(&format!("{column}_is_not_blank"), format!(r#"trim("{column}") <> ''"#)))
    }

    /// That numbers are no smaller.
    pub fn at_least(self, least: i32, columns: &[&str]) -> Self {
        columns
            .iter()
            .fold(self, |table, column| table.check(&format!("{column}_is_at_least_{least}"), format!(r#""{column}" >= {least}"#)))
    }

    /// That a code is made of so many capital letters.
    pub fn capitals(self, count: usize, column: &str) -> Self {
        let condition = conditions::is_capitals(self.database(), column, count);
        self.check(&format!("{column}_is_{count}_capitals"), condition)
    }

    /// That something holds; errors name it `table_name`.
    pub fn check(mut self, name: &str, condition: impl Into<String>) -> Self {
        self.statement.check(Check::named(format!("{}_{name}", self.name), Expr::cust(condition.into())));
        self
    }

    /// The columns that say which row it is.
    pub fn key(mut self, columns: &[&'static str]) -> Self {
        let mut key = Index::create().name(format!("{}_pkey", self.name)).primary().take();
        for column in columns {
            key.col(*column);
        }
        self.statement.primary_key(&mut key);
        self
    }

    /// That no two rows are alike in these columns.
    pub fn unique(mut self, columns: &[&str]) -> Self {
        let mut key = Index::create().name(format!("{}_{}_key", self.name, columns.join("_"))).unique().take();
        for column in columns {
            key.col((*column).to_owned());
        }
        self.statement.index(&mut key);
        self
    }

    /// That no two rows that fulfil a condition are alike in these columns.
    pub fn unique_where(mut self, name: &str, columns: &str, condition: &str) -> Self {
        self.indexes.push(format!(r#"CREATE UNIQUE INDEX "{0}_{name}" ON "{0}" ({columns}) WHERE {condition}"#, self.name));
        self
    }

    /// That a column holds the id of a row of another table, and what becomes of this row when that one goes.
    pub fn reference(mut self, column: &'static str, table: &'static str, on_delete: ForeignKeyAction) -> Self {
        let mut key = ForeignKey::create();
        key.name(format!("{}_{column}_fkey", self.name)).from(self.name, column).to(table, "id").on_delete(on_delete);
        self.statement.foreign_key(&mut key);
        self
    }

    /// How rows are found, or put in order.
    pub fn index(mut self, columns: &[&str]) -> Self {
        let quoted: Vec<_> = columns.iter().map(|column| format!(r#""{column}""#)).collect();
        self.indexes.push(format!(r#"CREATE INDEX "{0}_{1}_index" ON "{0}" ({2})"#, self.name, columns.join("_"), quoted.join(", ")));
        self
    }

    /// How rows are put in order by something computed.
    pub fn index_on(mut self, name: &str, expressions: &str) -> Self {
        self.indexes.push(format!(r#"CREATE INDEX "{0}_{name}_index" ON "{0}" ({expressions})"#, self.name));
        self
    }

    /// How those rows are found that fulfil a condition.
    pub fn index_where(mut self, name: &str, columns: &str, condition: &str) -> Self {
        self.indexes.push(format!(r#"CREATE INDEX "{0}_{name}_index" ON "{0}" ({columns}) WHERE {condition}"#, self.name));
        self
    }

    /// That words are looked for inside `search_text`.
    pub fn searched(mut self) -> Self {
        self.is_searched = true;
        self
    }

    /// Makes it.
    pub async fn create(self) -> Result<(), DbErr> {
        self.manager.create_table(self.statement).await?;
        for index in &self.indexes {
            self.manager.get_connection().execute_unprepared(index).await?;
        }
        if self.is_searched { trigrams::index(self.manager, self.name).await } else { Ok(()) }
    }

    fn column(mut self, of: Of, name: &'static str, is_nullable: bool) -> Self {
        let mut column = column(self.manager, of, name);
        if !is_nullable {
            column.not_null();
        }
        self.statement.col(&mut column);
        match conditions::is_utc(self.database(), name) {
            Some(condition) if of == Of::Instant => self.check(&format!("{name}_is_utc"), condition),
            _ => self,
        }
    }

    fn database(&self) -> DbBackend {
        self.manager.get_database_backend()
    }
}
