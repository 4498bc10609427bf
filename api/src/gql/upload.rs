//! A file in a request: the scalar that stands for it.

use async_graphql::{Context, InputValueError, InputValueResult, Scalar, ScalarType, Value};

use crate::files::Spooled;

/// What stands in the variables for the file of a multipart request. A request can name it as often as it likes: it has one file.
pub const MARK: &str = "(file)";

/// A file, by the GraphQL multipart request specification
/// (<https://github.com/jaydenseric/graphql-multipart-request-spec>): null in `variables`, and named in `map`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upload;

/// A file, by the GraphQL multipart request specification
/// (<https://github.com/jaydenseric/graphql-multipart-request-spec>): null in `variables`, and named in `map`.
#[Scalar(specified_by_url = "https://github.com/jaydenseric/graphql-multipart-request-spec")]
impl ScalarType for Upload {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) if text == MARK => Ok(Self),
            _ => Err(InputValueError::custom("a file comes in a multipart request, with null in its place")),
        }
    }

    fn to_value(&self) -> Value {
        Value::Null
    }
}

impl Upload {
    /// The file that came with the request; none where none did.
    #[must_use]
    pub fn take(self, ctx: &Context<'_>) -> Option<Spooled> {
        let spooled = ctx.data_opt::<Spooled>()?;
        spooled.file.try_clone().ok().map(|file| Spooled { file })
    }
}
