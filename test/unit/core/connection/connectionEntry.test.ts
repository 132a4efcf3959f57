import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isAzureApi, isDatedApi, isDeploymentName } from '../../../../src/core/connection/azureApi';
import { azureFields, entrySchema } from '../../../../src/core/connection/connectionEntry';

interface Field {
	readonly enum?: readonly string[];
	readonly pattern?: string;
	readonly markdownDescription: string;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
	readonly contributes: {
		readonly configuration: {
			readonly properties: Readonly<Record<string, { readonly items?: { readonly properties: Readonly<Record<string, Field>> } }>>;
		};
	};
};
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;
const fields = manifest.contributes.configuration.properties['imgprompt.connections']?.items?.properties ?? {};

/** Whether the editor of the settings accepts a value. */
function isOffered(field: string, value: string): boolean {
	return new RegExp(fields[field]?.pattern ?? '', 'u').test(value);
}

const good = { name: 'x', kind: 'azure' };

suite('an entry of the list of connections', () => {
	test('has the fields that the manifest describes, in its order', () => {
		assert.deepEqual(Object.keys(fields), Object.keys(entrySchema.shape));
	});

	test('takes the kinds and ways to sign in that the manifest offers', () => {
		for (const field of ['kind', 'auth'] as const) {
			const offered = fields[field]?.enum ?? [];
			assert.ok(offered.length > 2);
			for (const value of [...offered, 'sandbox', '']) {
				assert.equal(entrySchema.safeParse({ ...good, [field]: value }).success, offered.includes(value), `${field} ${value}`);
			}
		}
	});

	test('says of every field that only Azure has that it is Azure’s', () => {
		for (const field of azureFields) {
			assert.match(texts[`setting.connections.${field}`] ?? '', /^`azure`/, field);
		}
	});

	for (const [version, isRight] of [
		['v1', true],
		['preview', true],
		['2025-04-01-preview', true],
		['2026-01-31', true],
		['', true],
		['v2', false],
		['V1', false],
		['2025-04-01-beta', false],
		['2025-4-1', false],
		['1999-04-01', false],
		['2025-04-01-preview&x=1', false],
		['2025-04-01\n', false],
	] as const) {
		test(`${isRight ? 'takes' : 'refuses'} the version ${JSON.stringify(version)}, in the editor of settings as well`, () => {
			assert.equal(isAzureApi(version) || version === '', isRight);
			assert.equal(isOffered('api', version), isRight);
		});
	}

	for (const [version, isDated] of [
		['2025-04-01-preview', true],
		['2026-12-31', true],
		['2026-13-01', false],
		['2026-00-01', false],
		['2026-01-32', false],
		['2026-01-00', false],
		['v1', false],
		['preview', false],
	] as const) {
		test(`${isDated ? 'takes' : 'does not take'} ${version} for a dated version`, () => {
			assert.equal(isDatedApi(version), isDated);
		});
	}

	for (const [name, isRight] of [
		['img', true],
		['gpt-image-2.5_A', true],
		['a'.repeat(64), true],
		['a'.repeat(65), false],
		['a b', false],
		['a/b', false],
		['ä', false],
		['a?b', false],
		['a%2Fb', false],
	] as const) {
		test(`${isRight ? 'takes' : 'refuses'} the deployment ${name}, in the editor of settings as well`, () => {
			assert.equal(isDeploymentName(name), isRight);
			assert.equal(isOffered('deployment', name), isRight);
		});
	}

	test('refuses the deployments . and .., which are paths', () => {
		assert.deepEqual(['.', '..', '...'].map(isDeploymentName), [false, false, true]);
	});
});
