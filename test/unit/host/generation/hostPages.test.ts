import * as assert from 'node:assert/strict';
import { azurePortalOf, pagesOf } from '../../../../src/host/generation/hostPages';

suite('pagesOf', () => {
	for (const [hostKind, pages, host] of [
		['openai', ['usage', 'billing', 'verification'], 'platform.openai.com'],
		['azure', ['usage', 'billing'], 'portal.azure.com'],
	] as const) {
		test(`leads from ${hostKind} to its own pages, over https`, () => {
			const found = Object.entries(pagesOf(hostKind) ?? {});
			assert.deepEqual(
				found.map(([page]) => page),
				pages,
			);
			assert.deepEqual([...new Set(found.map(([, address]) => new URL(address).origin))], [`https://${host}`]);
		});
	}

	for (const [origin, portal] of [
		['https://studio.openai.azure.com', 'https://portal.azure.com'],
		['https://studio.services.ai.azure.us', 'https://portal.azure.us'],
		['https://studio.openai.azure.cn', 'https://portal.azure.cn'],
	] as const) {
		test(`leads from ${origin} to what was billed in its own cloud`, () => {
			const { usage = '', billing = '' } = pagesOf('azure', origin) ?? {};
			assert.deepEqual([new URL(usage).origin, new URL(billing).origin], [portal, portal]);
			assert.match(usage, /costanalysis$/);
		});
	}

	for (const hostKind of ['compatible', 'sandbox', 'a kind of a later version']) {
		test(`knows no page of ${hostKind}`, () => {
			assert.equal(pagesOf(hostKind), undefined);
		});
	}
});

suite('azurePortalOf', () => {
	for (const [origin, portal] of [
		['https://studio.openai.azure.com', 'https://portal.azure.com/'],
		['https://studio.services.ai.azure.us', 'https://portal.azure.us/'],
		['https://studio.openai.azure.cn', 'https://portal.azure.cn/'],
		['https://studio.azure-api.net', 'https://portal.azure.com/'],
		['https://evil.example/?.azure.us', 'https://portal.azure.com/'],
		['', 'https://portal.azure.com/'],
	] as const) {
		test(`takes ${origin === '' ? 'no address' : origin} to ${portal}`, () => {
			assert.equal(azurePortalOf(origin), portal);
		});
	}
});
