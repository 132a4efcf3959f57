import { startImagesApiServer } from './imagesApiServer';
import type { Personality } from './imagesApi/behaviour';

/**
 * Runs the fake server on its own: `node serve.mjs [openai|compatible] [port] [usual behaviour as JSON]`. Prints its base
 * URL as one line, and ends with its standard input, so that it never outlives who started it.
 */
const [personality = 'openai', port = '0', usual = '{}'] = process.argv.slice(2);
const server = await startImagesApiServer({ personality: personality as Personality, port: Number(port), usual: JSON.parse(usual) });
console.log(server.baseUrl);
process.stdin.resume();
process.stdin.once('end', () => void server.close());
