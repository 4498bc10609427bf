//! What a GraphQL document may ask for, checked before anything is executed.
//!
//! Two passes, both linear: over the text, before the parser sees it ([`lexer`]), and over the parsed document, in which a
//! fragment is weighed once however often it is spread ([`weight`]). What depends on the schema, the cost of lists, the
//! schema's own limit checks. They come in this order because the parser recurses, and because validation writes fragments
//! out: twenty of them, each spreading the next twice, are a million fields in a kilobyte.

pub mod lexer;
pub mod weight;

use async_graphql::parser::types::{ExecutableDocument, OperationType};

use self::weight::{Scale, Weight};
use crate::config::Limits;
use crate::kernel::Locale;

/// Brackets within brackets of any kind, on which the parser recurses.
pub const NESTING: usize = 64;

/// Lists within lists of introspection: the types, and the fields of each.
const INTROSPECTION_NESTING: usize = 2;

/// Lists that introspection may ask for; the query that tools send asks for nine.
const INTROSPECTION_LISTS: usize = 30;

/// Of how much a document has too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooMuch {
    /// Bytes.
    Bytes(usize),
    /// Tokens.
    Tokens(usize),
    /// Brackets within brackets.
    Nesting(usize),
    /// Fields within fields.
    Depth(usize),
    /// Aliases.
    Aliases(usize),
    /// Fields of an operation's root.
    RootFields(usize),
    /// Fields that sign somebody in.
    SignIns,
    /// Directives on a field.
    DirectivesOfAField(usize),
    /// Directives in all.
    Directives(usize),
    /// Selections, once every fragment is written out.
    Selections(usize),
    /// A fragment that contains itself.
    Cycle,
    /// Introspection beyond what tools need.
    Introspection,
    /// Cost, as the schema counts it.
    Cost,
}

impl TooMuch {
    /// What to tell the client.
    #[must_use]
    pub fn message(self, locale: &Locale) -> String {
        let (de, en) = match self {
            Self::Bytes(most) => (format!("höchstens {most} Bytes"), format!("at most {most} bytes")),
            Self::Tokens(most) => (format!("höchstens {most} Wörter und Zeichen"), format!("at most {most} tokens")),
            Self::Nesting(most) => (format!("höchstens {most} Klammern ineinander"), format!("at most {most} brackets within brackets")),
            Self::Depth(most) => (format!("höchstens {most} Felder ineinander"), format!("at most {most} fields within fields")),
            Self::Aliases(most) => (format!("höchstens {most} Aliase"), format!("at most {most} aliases")),
            Self::RootFields(most) => (format!("höchstens {most} Felder auf oberster Ebene"), format!("at most {most} root fields")),
            Self::SignIns => ("höchstens einmal `signIn`".to_owned(), "at most one `signIn`".to_owned()),
            Self::DirectivesOfAField(most) => {
                (format!("höchstens {most} Direktiven an einem Feld"), format!("at most {most} directives on a field"))
            }
            Self::Directives(most) => (format!("höchstens {most} Direktiven"), format!("at most {most} directives")),
            Self::Selections(most) => {
                (format!("höchstens {most} Felder, Fragmente ausgeschrieben"), format!("at most {most} fields, fragments written out"))
            }
            Self::Cycle => ("ein Fragment enthält sich selbst".to_owned(), "a fragment contains itself".to_owned()),
            Self::Introspection => ("das Schema bitte in einem Zug abfragen".to_owned(), "please introspect at one go".to_owned()),
            Self::Cost => ("bitte weniger oder kürzere Listen".to_owned(), "please fewer or shorter lists".to_owned()),
        };
        if locale.is_german() { format!("Die Abfrage ist zu groß: {de}.") } else { format!("The query is too large: {en}.") }
    }
}

/// Checks the text of a document, before it is parsed.
///
/// # Errors
/// The first limit that it passes.
pub fn check_text(text: &str, limits: &Limits) -> Result<(), TooMuch> {
    if text.len() > limits.query_bytes {
        return Err(TooMuch::Bytes(limits.query_bytes));
    }
    let mut nesting = 0_usize;
    for (count, token) in lexer::tokens(text).enumerate() {
        if count >= limits.query_tokens {
            return Err(TooMuch::Tokens(limits.query_tokens));
        }
        match token {
            lexer::Token::Open => nesting += 1,
            lexer::Token::Close => nesting = nesting.saturating_sub(1),
            lexer::Token::Other => {}
        }
        if nesting > NESTING {
            return Err(TooMuch::Nesting(NESTING));
        }
    }
    Ok(())
}

/// Checks a parsed document: each of its operations, whichever is executed, as all are validated.
///
/// # Errors
/// The first limit that it passes.
pub fn check_document(document: &ExecutableDocument, limits: &Limits) -> Result<(), TooMuch> {
    let mut scale = Scale::new(document);
    let (mut selections, mut sign_ins) = (0_usize, 0_usize);
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        scale.count_directives(&operation.directives);
        let Weight { selections: own, top, sign_ins: own_sign_ins, depth, introspection, .. } =
            scale.weigh(&operation.selection_set.node)?;
        selections = selections.saturating_add(own);
        sign_ins = sign_ins.saturating_add(own_sign_ins);
        let root_fields = match operation.ty {
            OperationType::Mutation => (limits.root_fields / 5).max(1),
            OperationType::Query | OperationType::Subscription => limits.root_fields,
        };
        if top > root_fields {
            return Err(TooMuch::RootFields(root_fields));
        }
        if depth > limits.query_depth {
            return Err(TooMuch::Depth(limits.query_depth));
        }
        if introspection.nesting > INTROSPECTION_NESTING || introspection.lists > INTROSPECTION_LISTS {
            return Err(TooMuch::Introspection);
        }
    }
    scale.weigh_unused_fragments()?;
    // However they are named, however they are spread: one request is one try.
    if sign_ins > 1 {
        return Err(TooMuch::SignIns);
    }
    if selections > limits.query_tokens {
        return Err(TooMuch::Selections(limits.query_tokens));
    }
    if scale.aliases > limits.query_aliases {
        return Err(TooMuch::Aliases(limits.query_aliases));
    }
    if scale.directives_of_a_field > limits.directives {
        return Err(TooMuch::DirectivesOfAField(limits.directives));
    }
    if scale.directives > limits.directives * 5 {
        return Err(TooMuch::Directives(limits.directives * 5));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
