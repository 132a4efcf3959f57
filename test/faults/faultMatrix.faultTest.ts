import * as assert from 'node:assert/strict';
import https from 'https';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCertificate } from '../fakes/certificate';
import { startChaosProxy, type ChaosProxy } from '../fakes/chaosProxy';
import { holdLongTimers, type HeldTimers } from '../fakes/heldTimers';
import { startImagesApiServer, type ImagesApiServer } from '../fakes/imagesApiServer';
import { accounts, type AccountName } from './accounts';
import { FaultedRun, painting } from './faultedRun';
import { allCells, outcomesOf, whySenseless, type Cell } from './faultTable';

const cells = allCells.filter(cell => whySenseless(cell) === undefined);

/** Where cells share a host. */
const places = (['OpenAI', 'Azure v1 with a token', 'Azure deployment with a key'] as const).flatMap(account =>
	(['http', 'https'] as const).map(scheme => ({ account, scheme, cells: cells.filter(isAt({ account, scheme })) })),
);

function isAt({ account, scheme }: { readonly account: AccountName; readonly scheme: Cell['scheme'] }): (cell: Cell) => boolean {
	return cell => cell.account === account && cell.scheme === scheme;
}

function titleOf({ account, scheme, answer, fault, moment }: Cell): string {
	return `${account === 'OpenAI' ? '' : `${account}, `}${scheme}, ${answer}: ${fault} at ${moment}`;
}

suite('One click, whatever the network does', () => {
	let folder: string;
	let timers: HeldTimers;
	const ran = new Set<string>();

	setup(async () => {
		folder = await mkdtemp(join(tmpdir(), 'imgprompt-faults-'));
		timers = holdLongTimers(20_000);
	});
	teardown(async () => {
		timers.restore();
		await rm(folder, { recursive: true, force: true });
	});

	for (const { account, scheme, cells: ownCells } of places.filter(place => place.cells.length > 0)) {
		suite(`on ${account} over ${scheme}`, () => {
			let api: ImagesApiServer;
			let proxy: ChaosProxy;

			suiteSetup(async () => {
				https.globalAgent.options.ca = testCertificate.cert;
				const tls = scheme === 'https' ? { tls: testCertificate } : {};
				api = await startImagesApiServer({ ...accounts[account].server, usual: painting, ...tls });
				proxy = await startChaosProxy(api.url);
			});
			suiteTeardown(async () => {
				delete https.globalAgent.options.ca;
				await proxy.close();
				await api.close();
			});
			setup(() => api.reset());

			for (const cell of ownCells) {
				for (const outcome of outcomesOf(cell)) {
					const { status, accepted, attempts } = outcome;
					test(`${titleOf(cell)}: ${status}, ${accepted} accepted, ${attempts} sent`, async () => {
						await new FaultedRun(cell, outcome, { api, proxy, timers, folder }).check();
						ran.add(titleOf(cell));
					});
				}
			}
		});
	}

	suite('counted', () => {
		test('is paid for once at most in each of 336 cells; 42 more can’t be', () => {
			const senseless = allCells.flatMap(cell => whySenseless(cell) ?? []);
			const counts = Object.fromEntries([...new Set(senseless)].map(why => [why, senseless.filter(other => other === why).length]));
			assert.deepEqual(counts, {
				'http has no handshake': 14,
				'a plain answer has no partial pictures': 14,
				'a plain answer is one document, without events': 14,
			});
			assert.deepEqual({ all: allCells.length, sensible: cells.length, ran: ran.size }, { all: 378, sensible: 336, ran: 336 });
		});
	});
});
