import * as assert from 'node:assert/strict';
import { build } from 'esbuild';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startImagesApiServer, type ImagesApiServer } from '../../fakes/imagesApiServer';
import { checkAftermath } from './aftermath';
import { DeathRow } from './deathRow';
import { scenarios, type Scenario } from './scenario';

/** Every point of the first way is tried, and every third of the others, whose steps are mostly the same. */
const strideOfOthers = 3;

/** As many as the smallest machines have processors. */
const lanesAtOnce = 2;

suite('A process that is killed by the system', function () {
	// Some hundred short lives, two at a time.
	this.timeout(180_000);
	let folder: string;
	let row: DeathRow;
	const points: string[] = [];

	suiteSetup(async () => {
		folder = await mkdtemp(join(tmpdir(), 'imgprompt-kills-'));
		const script = join(folder, 'doomed.cjs');
		await build({
			entryPoints: ['test/faults/kills/doomed.ts'],
			outfile: script,
			bundle: true,
			minify: true,
			platform: 'node',
			format: 'cjs',
			logLevel: 'warning',
		});
		row = new DeathRow(script);
	});
	suiteTeardown(async () => {
		row.close();
		await rm(folder, { recursive: true, force: true });
	});

	for (const [index, scenario] of scenarios.entries()) {
		test(`at any point of ${scenario.name} leaves the truth behind`, async () => {
			const start = () => startImagesApiServer({ personality: scenario.personality });
			const apis = await Promise.all(Array.from({ length: lanesAtOnce }, start));
			const { statuses, diedAt } = await everyPoint(
				(point, lane) => killAt(scenario, point, apis[lane]),
				index === 0 ? 1 : strideOfOthers,
			);
			await Promise.all(apis.map(api => api.close()));
			points.push(...diedAt);
			assert.deepEqual([...statuses].sort(), ['failed', 'none', 'succeeded', 'uncertain']);
		});
	}

	test('at any point of the recovery leaves what the next one needs', async () => {
		const [scenario] = scenarios;
		assert.ok(scenario);
		const ruin = join(folder, 'ruin');
		const api = await startImagesApiServer();
		api.behave(...scenario.behaviours);
		const point = 'before rename to final-0.png';
		const { deeds, diedAt } = await row.run({ folder: ruin, point, run: { scenario, url: api.url } });
		await api.close();
		assert.equal(diedAt, point);
		const { statuses, diedAt: all } = await everyPoint(async number => {
			const home = await mkdtemp(join(folder, 'home-'));
			await cp(ruin, home, { recursive: true });
			const life = await row.run({ folder: home, point: number });
			const status = await checkAftermath({ folder: home, scenario, deeds, accepted: 1, survived: false });
			return { status, diedAt: life.diedAt };
		}, 1);
		points.push(...all);
		assert.deepEqual([...statuses], ['uncertain']);
	});

	test('is killed at 100 points at least', () => {
		console.log(`      ${points.length} points, ${new Set(points).size} different ones`);
		assert.ok(points.length >= 100, `${points.length} points`);
	});

	/** Lives the same life again and again, each time to a later point, until it comes through. */
	async function everyPoint(
		live: (point: number, lane: number) => Promise<{ readonly status: string; readonly diedAt: string | undefined }>,
		stride: number,
	) {
		const statuses = new Set<string>();
		const diedAt: string[] = [];
		let next = 1 - stride;
		let isOver = false;
		const workInLane = async (lane: number) => {
			while (!isOver) {
				const life = await live((next += stride), lane);
				statuses.add(life.status);
				isOver ||= life.diedAt === undefined;
				diedAt.push(...(life.diedAt === undefined ? [] : [life.diedAt]));
			}
		};
		await Promise.all(Array.from({ length: lanesAtOnce }, (_, lane) => workInLane(lane)));
		return { statuses, diedAt };
	}

	async function killAt(scenario: Scenario, point: number, api: ImagesApiServer | undefined) {
		assert.ok(api);
		const home = await mkdtemp(join(folder, 'home-'));
		api.reset();
		api.behave(...scenario.behaviours);
		const { deeds, diedAt } = await row.run({ folder: home, point, run: { scenario, url: api.url } });
		await quiet(api);
		const accepted = api.accepted.length;
		try {
			const status = await checkAftermath({ folder: home, scenario, deeds, accepted, survived: diedAt === undefined });
			assert.ok(accepted <= 1, `${accepted} requests were accepted`);
			return { status, diedAt };
		} catch (error) {
			throw new Error(`Killed at point ${point} (${diedAt ?? 'none'}), ${accepted} accepted.`, { cause: error });
		} finally {
			await rm(home, { recursive: true, force: true });
		}
	}
});

/** What was on its way when the process died has arrived, or never will. */
async function quiet(api: ImagesApiServer): Promise<void> {
	while (api.open > 0) {
		await new Promise(resolve => setTimeout(resolve, 1));
	}
}
