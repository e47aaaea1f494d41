// Says which listings are nearly sold out: how many are left, and the title.
//
//   node stock.mjs NAME [FEWER-THAN]
//
// It asks valetkey for the headers each time before it asks the market, so it may run for days: they are always fresh.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const api = process.env.ETSY_API_URL ?? "https://openapi.etsy.com";
const [name, few = "5"] = process.argv.slice(2);

class Stop extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

// headers gives both that the market wants. They come through a pipe; no program sees them among arguments.
async function headers() {
  try {
    const { stdout } = await promisify(execFile)("valetkey", ["header", name, "--min", "1m"]);
    return stdout.trimEnd().split("\n").map((line) => line.split(/: (.*)/s, 2));
  } catch (error) {
    switch (error.code) {
      case "ENOENT": throw new Stop(1, "There is no program called valetkey in the PATH.");
      case 3: throw new Stop(3, `The key ${name} has ended. Ask the seller again: valetkey reconnect ${name}`);
      case 4: throw new Stop(4, "The keyring cannot be used. What is wrong with it says: valetkey doctor");
      case 6: throw new Stop(6, "The market cannot be reached for now. Later it may.");
      default: throw new Stop(error.code, error.stderr.trimEnd());
    }
  }
}

async function ask(path) {
  const answer = await fetch(api + path, { headers: await headers(), redirect: "error", signal: AbortSignal.timeout(20_000) })
    .catch((error) => { throw error instanceof Stop ? error : new Stop(6, `${api} cannot be reached: ${error.cause?.code ?? error.message}`); });
  if (answer.ok) return answer.json();
  if (answer.status === 401) throw new Stop(3, `The key ${name} is not taken. Ask the seller again: valetkey reconnect ${name}`);
  if (answer.status === 429 || answer.status >= 500) throw new Stop(6, `The market has no time for this now (HTTP ${answer.status}). Later it may.`);
  throw new Stop(1, `The market says no to ${path} (HTTP ${answer.status}).`);
}

async function main() {
  if (!name || !(few > 0)) throw new Stop(2, "Start me like this: node stock.mjs NAME [FEWER-THAN]");
  const { shop_id: shop } = await ask("/v3/application/users/me");
  for (let from = 0, count = 1; from < count; from += 100) {
    const page = await ask(`/v3/application/shops/${shop}/listings?limit=100&offset=${from}`);
    for (const listing of page.results) {
      if (listing.quantity < few) console.log(`${listing.quantity}\t${listing.title}`);
    }
    count = page.count;
  }
}

main().catch((error) => {
  console.error(error instanceof Stop ? error.message : error);
  process.exitCode = error.status ?? 1;
});
