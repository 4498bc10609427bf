// As many mails of the same size over as many connections, by nodemailer with a pool. Text and HTML, as miso sends them.
import { createRequire } from 'node:module';

const nodemailer = createRequire(process.env.NODE_PATH + '/')('nodemailer');
const [port, mails, connections, size] = process.argv.slice(2).map(Number);
const pool = nodemailer.createTransport({
  host: '127.0.0.1', port, pool: true, maxConnections: connections, maxMessages: Infinity, secure: false, ignoreTLS: true,
});
const text = 'Wir laden Sie herzlich ein. '.repeat(70);
const html = '<p>' + 'x'.repeat(Math.max(0, size - text.length - 800)).replace(/(.{70})/g, '$1\n') + '</p>';
let next = 0;
async function lane() {
  while (next < mails) {
    const number = next++;
    await pool.sendMail({
      from: 'a@bench.example', to: `reader${number}@bench.example`, subject: 'Neues', text, html,
      list: { unsubscribe: `https://bench.example/unsubscribe/${number}` },
    });
  }
}
await Promise.all(Array.from({ length: connections * 2 }, lane));
pool.close();
