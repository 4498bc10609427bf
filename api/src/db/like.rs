//! Looking for words in folded text.

use sea_orm::sea_query::{Expr, IntoColumnRef, LikeExpr};
use sea_orm::{Condition, ExprTrait};

use crate::kernel::fold;

/// The condition that a folded column contains every word of a query, anywhere: German hides words in words
/// (`Konzert` in `Benefizkonzert`). A query without a letter or digit finds nothing.
#[must_use]
pub fn contains_every_word(column: impl IntoColumnRef + Clone, query: &str) -> Condition {
    let words = fold::words(query);
    if words.is_empty() {
        return Condition::all().add(Expr::val(1).eq(0));
    }
    words.iter().fold(Condition::all(), |condition, word| condition.add(Expr::col(column.clone()).like(pattern(word))))
}

/// The pattern of a word anywhere. Folded words have neither `%` nor `_`.
#[must_use]
pub fn pattern(word: &str) -> LikeExpr {
    LikeExpr::new(format!("%{word}%"))
}
