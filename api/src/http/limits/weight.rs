//! What a document weighs. A fragment is weighed once, and counted as often as it is spread.

use std::collections::HashMap;

use async_graphql::Positioned;
use async_graphql::parser::types::{Directive, ExecutableDocument, Selection, SelectionSet};

use super::TooMuch;

/// The field that signs somebody in, by a code that could be guessed. It stands at the root; what has its name elsewhere is none.
const SIGN_IN: &str = "signIn";

/// What a selection set weighs, with its fragments written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// Fields, spreads and inline fragments.
    pub selections: usize,
    /// Fields on its first level.
    pub top: usize,
    /// Fields that sign somebody in.
    pub sign_ins: usize,
    /// Fields within fields; what is inside of introspection is not counted.
    pub depth: usize,
    /// What it asks of introspection.
    pub introspection: Introspection,
    /// What it would ask, were it inside of introspection.
    inside: Introspection,
}

/// What is asked of introspection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Introspection {
    /// Lists that grow with the schema.
    pub lists: usize,
    /// Such lists within such lists.
    pub nesting: usize,
}

/// Weighs the selection sets of one document.
#[derive(Debug)]
pub struct Scale<'a> {
    document: &'a ExecutableDocument,
    /// Fragments that were weighed; none for one that is being weighed.
    known: HashMap<&'a str, Option<Weight>>,
    /// Aliases that were seen.
    pub aliases: usize,
    /// Directives that were seen.
    pub directives: usize,
    /// The most directives that were seen in one place.
    pub directives_of_a_field: usize,
}

impl<'a> Scale<'a> {
    /// A scale that has weighed nothing yet.
    #[must_use]
    pub fn new(document: &'a ExecutableDocument) -> Self {
        Self { document, known: HashMap::new(), aliases: 0, directives: 0, directives_of_a_field: 0 }
    }

    /// Weighs a selection set, and counts its aliases and directives.
    ///
    /// # Errors
    /// [`TooMuch::Cycle`] where a fragment contains itself.
    pub fn weigh(&mut self, set: &'a SelectionSet) -> Result<Weight, TooMuch> {
        let mut sum = Weight::default();
        for selection in &set.items {
            self.count_directives(selection.node.directives());
            let part = match &selection.node {
                Selection::Field(field) => {
                    self.aliases += usize::from(field.node.alias.is_some());
                    let inner = self.weigh(&field.node.selection_set.node)?;
                    of_field(&field.node.name.node, &inner)
                }
                Selection::InlineFragment(inline) => self.weigh(&inline.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => self.weigh_fragment(&spread.node.fragment_name.node)?,
            };
            sum = sum.and(&part);
            sum.selections = sum.selections.saturating_add(1);
        }
        Ok(sum)
    }

    /// Weighs what no operation spreads: it is validated all the same.
    ///
    /// # Errors
    /// [`TooMuch::Cycle`] where a fragment contains itself.
    pub fn weigh_unused_fragments(&mut self) -> Result<(), TooMuch> {
        for name in self.document.fragments.keys() {
            self.weigh_fragment(name)?;
        }
        Ok(())
    }

    /// Counts the directives of one place.
    pub fn count_directives(&mut self, directives: &[Positioned<Directive>]) {
        self.directives += directives.len();
        self.directives_of_a_field = self.directives_of_a_field.max(directives.len());
    }

    fn weigh_fragment(&mut self, name: &str) -> Result<Weight, TooMuch> {
        match self.known.get(name) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => return Err(TooMuch::Cycle),
            None => {}
        }
        // A spread of what is not there weighs nothing: validation refuses it.
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else { return Ok(Weight::default()) };
        self.known.insert(name, None);
        self.count_directives(&fragment.node.directives);
        let weight = self.weigh(&fragment.node.selection_set.node)?;
        self.known.insert(name, Some(weight));
        Ok(weight)
    }
}

impl Weight {
    fn and(&self, other: &Self) -> Self {
        Self {
            selections: self.selections.saturating_add(other.selections),
            top: self.top.saturating_add(other.top),
            sign_ins: self.sign_ins.saturating_add(other.sign_ins),
            depth: self.depth.max(other.depth),
            introspection: self.introspection.and(other.introspection),
            inside: self.inside.and(other.inside),
        }
    }
}

impl Introspection {
    fn and(self, other: Self) -> Self {
        Self { lists: self.lists.saturating_add(other.lists), nesting: self.nesting.max(other.nesting) }
    }
}

/// What a field weighs whose selections weigh `inner`.
fn of_field(name: &str, inner: &Weight) -> Weight {
    let introspects = matches!(name, "__schema" | "__type");
    let grows = matches!(name, "types" | "fields" | "interfaces" | "possibleTypes" | "inputFields");
    let inside = Introspection {
        lists: inner.inside.lists.saturating_add(usize::from(grows)),
        nesting: inner.inside.nesting.saturating_add(usize::from(grows)),
    };
    Weight {
        selections: inner.selections,
        top: 1,
        sign_ins: usize::from(name == SIGN_IN),
        depth: if introspects { 1 } else { inner.depth.saturating_add(1) },
        introspection: if introspects { inner.inside } else { inner.introspection },
        inside,
    }
}
