//! Paging by keyset: which part of an ordered list is asked for, and the cursors that say where it stood.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::fault::BadInput;

/// Items of a page where nothing is said.
pub const USUAL_SIZE: u32 = 20;
/// Items of a page at the most.
pub const LARGEST_SIZE: u32 = 100;

/// What a list is ordered by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// A folded name, or a partial date.
    Text(String),
    /// A moment.
    Time(DateTime<Utc>),
    /// A place in a list, or a score.
    Number(i64),
}

/// Where an item stands in a list: by its sort key, and among equals by its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// What the list is ordered by.
    pub key: SortKey,
    /// The item.
    pub id: Uuid,
}

impl Cursor {
    /// The opaque text that clients give back. `order` names the list and its order, so that no other takes it.
    #[must_use]
    pub fn encode(&self, order: &str) -> String {
        let key = match &self.key {
            SortKey::Text(text) => format!("s{text}"),
            SortKey::Time(time) => format!("t{}", time.timestamp_micros()),
            SortKey::Number(number) => format!("n{number}"),
        };
        URL_SAFE_NO_PAD.encode(format!("{order}\n{}\n{key}", self.id.simple()))
    }

    /// Reads back what [`Cursor::encode`] wrote for the same order.
    ///
    /// # Errors
    /// [`BadInput::Cursor`] for anything else.
    pub fn decode(text: &str, order: &str) -> Result<Self, BadInput> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadInput::Cursor)?;
        let plain = String::from_utf8(bytes).map_err(|_| BadInput::Cursor)?;
        let mut parts = plain.splitn(3, '\n');
        let (Some(found), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return Err(BadInput::Cursor) };
        let number = || key.get(1..).and_then(|digits| digits.parse::<i64>().ok());
        let key = match key.as_bytes().first() {
            Some(b's') => SortKey::Text(key[1..].to_owned()),
            Some(b't') => SortKey::Time(number().and_then(DateTime::from_timestamp_micros).ok_or(BadInput::Cursor)?),
            Some(b'n') => SortKey::Number(number().ok_or(BadInput::Cursor)?),
            _ => return Err(BadInput::Cursor),
        };
        if found != order || plain.contains('\0') {
            return Err(BadInput::Cursor);
        }
        Ok(Self { key, id: Uuid::try_parse(id).map_err(|_| BadInput::Cursor)? })
    }
}

/// The four arguments of a connection, as they came.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The first so many.
    pub first: Option<i32>,
    /// After this cursor.
    pub after: Option<String>,
    /// The last so many.
    pub last: Option<i32>,
    /// Before this cursor.
    pub before: Option<String>,
}

impl Page {
    /// Checks the arguments against the list and order that they are for.
    ///
    /// # Errors
    /// [`BadInput::PageSize`], or [`BadInput::Cursor`].
    pub fn parse(&self, order: &'static str) -> Result<PageRequest, BadInput> {
        let size = |given: Option<i32>| match given.map(u32::try_from) {
            None => Ok(None),
            Some(Ok(size)) if size <= LARGEST_SIZE => Ok(Some(size)),
            Some(_) => Err(BadInput::PageSize),
        };
        let (limit, is_backward) = match (size(self.first)?, size(self.last)?) {
            (Some(_), Some(_)) => return Err(BadInput::PageSize),
            (None, Some(last)) => (last, true),
            (first, None) => (first.unwrap_or(USUAL_SIZE), false),
        };
        let cursor = |text: &Option<String>| text.as_deref().map(|text| Cursor::decode(text, order)).transpose();
        Ok(PageRequest { order, limit, is_backward, after: cursor(&self.after)?, before: cursor(&self.before)? })
    }
}

/// Which part of a list is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageRequest {
    /// Names the list and its order in cursors.
    pub order: &'static str,
    /// Items at the most.
    pub limit: u32,
    /// Whether they are taken from the end.
    pub is_backward: bool,
    /// Only what comes after this.
    pub after: Option<Cursor>,
    /// Only what comes before this.
    pub before: Option<Cursor>,
}

impl PageRequest {
    /// The first items of a list that is not paged through.
    #[must_use]
    pub fn first(limit: u32) -> Self {
        Self { order: "", limit, is_backward: false, after: None, before: None }
    }
}

/// A part of a list, each item with its cursor.
#[derive(Clone, Debug)]
pub struct Slice<T> {
    /// The items in the order of the list.
    pub items: Vec<(Cursor, T)>,
    /// Names the list and its order in cursors.
    pub order: &'static str,
    /// Whether something follows.
    pub has_next: bool,
    /// Whether something goes before.
    pub has_previous: bool,
    /// Items of the whole list, where that was asked for.
    pub total: Option<u64>,
}

impl<T> Slice<T> {
    /// Cuts what a query gave, which was asked for one more than the page holds and in the page's direction.
    #[must_use]
    pub fn cut(mut found: Vec<(Cursor, T)>, page: &PageRequest, total: Option<u64>) -> Self {
        let limit = page.limit as usize;
        let overflows = found.len() > limit;
        found.truncate(limit);
        if page.is_backward {
            found.reverse();
        }
        let (has_next, has_previous) =
            if page.is_backward { (page.before.is_some(), overflows) } else { (overflows, page.after.is_some()) };
        Self { items: found, order: page.order, has_next, has_previous, total }
    }

    /// The same part of the list with each item made into something else.
    #[must_use]
    pub fn map<U>(self, mut make: impl FnMut(T) -> U) -> Slice<U> {
        Slice {
            items: self.items.into_iter().map(|(cursor, item)| (cursor, make(item))).collect(),
            order: self.order,
            has_next: self.has_next,
            has_previous: self.has_previous,
            total: self.total,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sizes_go_from_0_to_100_and_never_both_ways() {
        let ask = |first, last| Page { first, last, ..Page::default() }.parse("x").map(|page| (page.limit, page.is_backward));
        assert_eq!(ask(None, None), Ok((20, false)));
        assert_eq!(ask(Some(100), None), Ok((100, false)));
        assert_eq!(ask(None, Some(0)), Ok((0, true)));
        for (first, last) in [(Some(101), None), (Some(-1), None), (None, Some(101)), (Some(1), Some(1))] {
            assert_eq!(ask(first, last), Err(BadInput::PageSize));
        }
    }

    #[test]
    fn a_page_taken_from_the_end_keeps_the_order_of_the_list() {
        let page = Page { last: Some(2), ..Page::default() }.parse("x").unwrap();
        let at = |number| (Cursor { key: SortKey::Number(number), id: Uuid::nil() }, number);
        let slice = Slice::cut(vec![at(9), at(8), at(7)], &page, None);
        assert_eq!(slice.items.iter().map(|(_, number)| *number).collect::<Vec<_>>(), [8, 9]);
        assert!(slice.has_previous && !slice.has_next);
    }

    proptest! {
        #[test]
        fn a_cursor_is_read_back_by_its_own_order_alone(text in "\\PC{0,30}", micros in -10_i64.pow(15)..10_i64.pow(15), id: u128) {
            for key in [SortKey::Text(text), SortKey::Time(DateTime::from_timestamp_micros(micros).unwrap()), SortKey::Number(micros)] {
                let cursor = Cursor { key, id: Uuid::from_u128(id) };
                let text = cursor.encode("events");
                prop_assert_eq!(Cursor::decode(&text, "events"), Ok(cursor));
                prop_assert_eq!(Cursor::decode(&text, "posts"), Err(BadInput::Cursor));
            }
        }

        #[test]
        fn no_text_makes_decoding_panic(text in "\\PC{0,60}") {
            let _ = Cursor::decode(&text, "x");
        }
    }
}
