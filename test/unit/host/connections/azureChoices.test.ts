import * as assert from 'node:assert/strict';
import { normaliseAzureUrl } from '../../../../src/core/connection/azureEndpoint';
import { parseConnections } from '../../../../src/core/connection/parseConnections';
import { azureRows } from '../../../../src/core/model/azureRows';
import { azureModels, datedChoice, requestAddress } from '../../../../src/host/connections/azureChoices';
import { emptyDraft, entryOf, freeName } from '../../../../src/host/connections/connectionDraft';
import { storedEntry } from '../../../../src/host/connections/storedEntry';

const host = 'https://res.openai.azure.com';
const dated = '2025-04-01-preview';

suite('the questions about an Azure address', () => {
	for (const [pasted, expected] of [
		[host, `${host}/openai/v1/images/generations`],
		[`${host}/openai/v1/images/generations?api-version=preview`, `${host}/openai/v1/images/generations?api-version=preview`],
		[
			`${host}/openai/deployments/img/images/generations?api-version=${dated}`,
			`${host}/openai/deployments/img/images/generations?api-version=${dated}`,
		],
		[
			`https://gate.example.com/openai?api-version=${dated}`,
			`https://gate.example.com/openai/deployments/DEPLOYMENT/images/generations?api-version=${dated}`,
		],
	] as const) {
		test(`${pasted} is shown back as ${expected}`, () => {
			const endpoint = normaliseAzureUrl(pasted);
			assert.equal(endpoint.ok && requestAddress(endpoint.value), expected);
		});
	}

	for (const [pasted, expected] of [
		[`${host}/openai/deployments/img/images/generations?api-version=${dated}`, dated],
		[`${host}/openai/v1/images/generations?api-version=preview`, undefined],
		[host, undefined],
		[`https://gate.azure-api.net/img/deployments/d?api-version=${dated}`, undefined],
		['no address', undefined],
	] as const) {
		test(`${expected === undefined ? 'nobody has to choose a version' : 'somebody has to choose a version'} for ${pasted}`, () => {
			assert.equal(datedChoice(pasted), expected);
		});
	}

	test('offer a model until the day on which it is shut down', () => {
		const dying = azureRows.filter(({ shutDown }) => shutDown !== undefined);
		assert.ok(dying.length > 0);
		for (const { models, shutDown = '' } of dying) {
			const dayBefore = new Date(Date.parse(shutDown) - 1).toISOString().slice(0, 10);
			for (const model of models) {
				assert.deepEqual([azureModels(dayBefore).includes(model), azureModels(shutDown).includes(model)], [true, false], model);
			}
		}
	});

	test('offer only models that can be asked', () => {
		assert.ok(azureModels('2026-11-20').includes('gpt-image-2'));
		assert.deepEqual(
			azureModels('2026-11-20').filter(model => /mai|flux|\*/.test(model)),
			[],
		);
	});
});

suite('what is written of an Azure connection', () => {
	for (const [pasted, api] of [
		[host, ''],
		[`${host}/openai/deployments/img/images/generations?api-version=${dated}`, ''],
		[`${host}/openai/deployments/img/images/generations?api-version=${dated}`, 'v1'],
		[`${host}/openai/v1/images/generations?api-version=preview`, ''],
		['https://res.services.ai.azure.com/api/projects/p', ''],
		[`https://gate.azure-api.net/img/deployments/img?api-version=${dated}`, ''],
		['https://gate.azure-api.net/img/openai/v1', ''],
		['http://127.0.0.1:8080', ''],
	] as const) {
		test(`means the same as what was pasted: ${pasted}${api === '' ? '' : ` as ${api}`}`, () => {
			const entry = entryOf({ ...emptyDraft('azure'), name: 'c', baseUrl: pasted, deployment: 'img', api });
			const [connection] = parseConnections([entry]).connections;
			assert.ok(connection && connection.kind === 'azure');
			const stored = storedEntry(entry, connection);
			assert.deepEqual(parseConnections([stored]).connections[0], connection);
			assert.ok(!String(stored['baseUrl']).includes('?'));
			assert.deepEqual(storedEntry(stored, connection), stored);
		});
	}

	test('of a resource is its origin, so that deployment and version are said once', () => {
		const entry = { name: 'c', kind: 'azure', baseUrl: `${host}/openai/deployments/img?api-version=${dated}` };
		const [connection] = parseConnections([entry]).connections;
		assert.ok(connection);
		assert.deepEqual(storedEntry(entry, connection), { name: 'c', kind: 'azure', baseUrl: host, deployment: 'img', api: dated });
	});

	test('holds no key', () => {
		assert.ok(!JSON.stringify(entryOf({ ...emptyDraft('azure'), key: 'secret', baseUrl: host, deployment: 'd' })).includes('secret'));
	});
});

suite('freeName', () => {
	for (const [taken, expected] of [
		[[], 'a'],
		[['b'], 'a'],
		[['a'], 'a-2'],
		[['a', 'a-2', 'b'], 'a-3'],
	] as const) {
		test(`is ${expected} beside ${taken.join(', ') || 'nothing'}`, () => assert.equal(freeName('a', taken), expected));
	}
});
