import type { Personality } from './imagesApi/behaviour';
import { startImagesApiServer } from './imagesApiServer';
import type { Behaviour } from './imagesApiServer';

/**
 * Runs the fake server on its own: `node serve.js [openai|azure|compatible] [port] [usual behaviour as JSON]`. Prints its base URL
 * as one line, and ends with its standard input, so that it never outlives who started it.
 */
async function serve([personality = 'openai', port = '0', usual = '{}']: readonly string[]): Promise<void> {
	const server = await startImagesApiServer({
		personality: personality as Personality,
		port: Number(port),
		usual: JSON.parse(usual) as Behaviour,
	});
	console.log(server.baseUrl);
	process.stdin.resume();
	process.stdin.once('end', () => void server.close());
}

void serve(process.argv.slice(2));
