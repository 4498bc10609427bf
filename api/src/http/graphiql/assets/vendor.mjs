// Makes the other files of this folder anew:
//   npm install graphiql@3.9.0 react@18.3.1 react-dom@18.3.1 && node vendor.mjs
// The fonts are left out of the style sheet: they are most of it, and every system has its own.
import { readFileSync, readdirSync, writeFileSync, existsSync } from "node:fs";
import { gzipSync } from "node:zlib";

const read = (path) => readFileSync(`node_modules/${path}`, "utf8");
const write = (name, text) => writeFileSync(`${name}.gz`, gzipSync(text, { level: 9 }));

write("graphiql-3.9.0.js", read("graphiql/graphiql.min.js").replace(/\n?\/\/# sourceMappingURL=.*/, ""));
write("graphiql-3.9.0.css", read("graphiql/graphiql.min.css").replace(/@font-face\{[^}]*\}/g, ""));
write("react-18.3.1.js", read("react/umd/react.production.min.js"));
write("react-dom-18.3.1.js", read("react-dom/umd/react-dom.production.min.js"));

// The notices of all that the bundles are made of.
const notices = new Map();
const visit = (name) => {
  const home = `node_modules/${name}`;
  if (notices.has(name) || !existsSync(`${home}/package.json`)) return;
  const about = JSON.parse(readFileSync(`${home}/package.json`, "utf8"));
  const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(`${home}/${file}`, "utf8").trim() : `Licence: ${about.license}`;
  notices.set(name, `${name} ${about.version}\n\n${text}\n`);
  Object.keys({ ...about.dependencies, ...about.peerDependencies }).filter((other) => !other.startsWith("@types/")).forEach(visit);
};
["graphiql", "@graphiql/toolkit", "react", "react-dom"].forEach(visit);
write("licences.txt", [...notices.keys()].sort().map((name) => notices.get(name)).join(`\n${"-".repeat(72)}\n\n`));
