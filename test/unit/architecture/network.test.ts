import * as assert from 'node:assert/strict';
import { readSources } from './sources';

/** Ways out of the process: modules that open connections, and the functions that browsers and Node have without a module. */
const ways =
	/from '(?:node:)?(?:https?|http2|net|tls|dgram|child_process|worker_threads)'|\b(?:fetch|WebSocket|XMLHttpRequest|EventSource|sendBeacon)\(/;

const sources = [...readSources('src', '.ts'), ...readSources('webview', '.ts')];

suite('the network', () => {
	test('is reached by the transport alone, so that nothing leaves that was not planned', () => {
		const transport = 'src/providers/transport/';
		const others = sources.filter(({ text }) => ways.test(text)).map(({ path }) => path);
		assert.ok(others.some(path => path.startsWith(transport)));
		assert.deepEqual(
			others.filter(path => !path.startsWith(transport)),
			[],
		);
	});
});
