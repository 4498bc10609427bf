// Starts GraphiQL on this page. It talks to the address of the page, and to nothing else.
"use strict";

const today = new Date().toISOString().slice(0, 10);

const welcome = `# Welcome to the network's public data.
#
# Ctrl-Space completes, Ctrl-Enter runs, and the book
# at the left explains every type. For texts in another
# language, add ?locale=en (or fa, tr, …) to the address.

query Welcome {
  network {
    name
    memberCount
  }
  occurrences(
    first: 5
    where: { startsAt: { from: "${today}T00:00:00Z" } }
  ) {
    nodes {
      startsAt
      event {
        title
        hosts {
          organisation {
            name
          }
        }
      }
    }
  }
}
`;

const { search } = window.location;
const fetcher = GraphiQL.createFetcher({ url: `/graphql${search}` });
const editor = React.createElement(GraphiQL, { fetcher, defaultQuery: welcome, shouldPersistHeaders: false });
ReactDOM.createRoot(document.getElementById("graphiql")).render(editor);
