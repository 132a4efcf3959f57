import * as assert from 'node:assert/strict';
import { contentSecurityPolicy, panelHtml } from '../../../../src/host/panel/panelHtml';

const page = {
	language: 'en',
	cspSource: 'https://*.vscode-cdn.net',
	nonce: 'bm9uY2U',
	scriptUri: 'https://file.vscode-cdn.net/dist/webview.js',
	styleUri: 'https://file.vscode-cdn.net/dist/webview.css',
	sessionId: 'a1',
};

suite('panelHtml', () => {
	test('has exactly the policy that was decided', () => {
		assert.equal(
			contentSecurityPolicy(page),
			"default-src 'none'; img-src https://*.vscode-cdn.net blob:; font-src https://*.vscode-cdn.net; style-src 'nonce-bm9uY2U'; " +
				"script-src 'nonce-bm9uY2U'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html",
		);
	});

	test('loads one script and one style, both with the nonce, and nothing inline', () => {
		const html = panelHtml(page);
		assert.deepEqual(html.match(/<(?:script|link|style)[^>]*>/g), [
			'<link rel="stylesheet" nonce="bm9uY2U" href="https://file.vscode-cdn.net/dist/webview.css">',
			'<script nonce="bm9uY2U" src="https://file.vscode-cdn.net/dist/webview.js">',
		]);
		assert.doesNotMatch(html, / style=| on\w+=/);
	});

	test('lets no value out of its attribute', () => {
		const html = panelHtml({ ...page, sessionId: '"><script>alert(1)</script>&' });
		assert.match(html, /data-session-id="&#34;&#62;&#60;script&#62;alert\(1\)&#60;\/script&#62;&#38;"/);
	});
});
