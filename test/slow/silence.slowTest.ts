import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../src/core/plan/plan';
import { executeRun } from '../../src/core/run/executeRun';
import { createRequestSlots } from '../../src/core/run/requestSlots';
import { createFileLedger } from '../../src/host/records/fileLedger';
import { createFileRunStore } from '../../src/host/records/fileRunStore';
import { createOwnerId } from '../../src/host/records/owner';
import { newRunId, sha256 } from '../../src/host/records/runId';
import { systemClock } from '../../src/host/systemClock';
import { createOpenAiProvider } from '../../src/providers/openai/openAiProvider';
import { startImagesApiServer, type ImagesApiServer } from '../fakes/imagesApiServer';
import { testPlan } from '../unit/core/run/runFixture';
import { outlast, silenceMs } from './longSilences';

suite('A host that says nothing for minutes, in plain Node', () => {
	let folder: string;
	let server: ImagesApiServer;

	suiteSetup(async () => {
		folder = await mkdtemp(join(tmpdir(), 'imgprompt-slow-'));
		server = await startImagesApiServer();
	});
	suiteTeardown(async () => {
		await server.close();
		await rm(folder, { recursive: true, force: true });
	});

	test('is waited for, before the headers and within the answer, streamed and plain', async function () {
		const ms = silenceMs();
		this.timeout(ms + 60_000);
		const ports = {
			provider: createOpenAiProvider({ clock: systemClock }),
			store: createFileRunStore({ root: join(folder, 'runs'), ownerId: createOwnerId() }),
			ledger: createFileLedger(join(folder, 'ledger')),
			clock: systemClock,
			slots: createRequestSlots(),
			newRunId: () => newRunId(Date.now()),
			sha256,
		};
		const control = { signal: new AbortController().signal, onCountdown: () => undefined, onChange: () => undefined };
		const lines = await outlast(server, ms, ({ stream }) => {
			const request = { plan: planFor(server, stream), credential: { kind: 'apiKey', key: 'test-key' } } as const;
			return executeRun({ ...request, source: { kind: 'input' }, timeoutMs: ms + 30_000, keepPrompt: true }, ports, control);
		});
		lines.forEach(line => console.log(`      ${line}`));
	});
});

function planFor(server: ImagesApiServer, stream: boolean): Plan {
	const n = stream ? 1 : 2;
	const plan = testPlan(n);
	const body = { model: plan.model, prompt: plan.prompt, size: '1024x1024', quality: 'low', n, output_format: 'png' };
	return {
		...plan,
		connection: { ...plan.connection, baseUrl: server.baseUrl, origin: server.url, concurrency: 8 },
		requests: plan.requests.map(request => ({
			...request,
			stream,
			body: stream ? { ...body, stream: true, partial_images: 1 } : body,
		})),
	};
}
