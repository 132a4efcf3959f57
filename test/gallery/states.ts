import type { SessionSnapshot } from '../../src/host/panel/session';
import {
	azure,
	finishedRecord,
	pictureOf,
	planOf,
	problemOf,
	recordOf,
	resultOf,
	sandbox,
	snapshotOf,
	snapshotWith,
	startedAtMs,
} from './sessions';

/** One screen of the panel. */
export interface GalleryState {
	readonly name: string;
	readonly snapshot: SessionSnapshot;
	/** Milliseconds since the run started. */
	readonly elapsedMs?: number;
	/** File names that are gone. */
	readonly deleted?: readonly string[];
	/** What must be read on the screen. */
	readonly says: readonly string[];
}

const partial = pictureOf(0, { role: 'partial', fileName: 'partial-1.png', isComplete: true });
const left = { state: 'left', requestIds: ['req_7c41b0f92d5e4f0aa1b7d1f0c2e94d10'] } as const;
const four = [0, 1, 2, 3].map(index => pictureOf(index));
const sandboxPlan = planOf({
	connection: sandbox,
	model: 'sandbox',
	price: { kind: 'free' },
	requests: [{ candidates: [0], stream: true, body: { size: '1536x1024', output_format: 'png' } }],
});
const fourAsked = { size: '1536x1024', quality: 'medium', format: 'png', n: 4 };

/** Every state that the panel can be in, with words that must be on its screen. */
export const galleryStates: readonly GalleryState[] = [
	{
		name: 'nothing-yet',
		snapshot: snapshotOf(),
		says: ['Interior of an empty subway car', 'What would be sent', '≈ $0.041 estimated', 'Generate'],
	},
	{
		name: 'invalid',
		snapshot: snapshotOf({
			outcome: {
				kind: 'invalid',
				problems: [
					problemOf('error', '1920x1080: the height is not a multiple of 16. Use 1920x1088, or keep 16:9 with 2048x1152.'),
					problemOf('warning', 'Sizes above 2560x1440 are experimental.'),
				],
			},
		}),
		says: ['not a multiple of 16'],
	},
	{ name: 'not-trusted', snapshot: snapshotOf({ isTrusted: false }), says: ['not trusted', 'Manage Workspace Trust'] },
	{
		name: 'running-unsent',
		snapshot: snapshotWith(recordOf()),
		elapsedMs: 400,
		says: ['Sending the request to openai', 'Cancel', '0 s'],
	},
	{
		name: 'running',
		snapshot: snapshotWith(recordOf(left)),
		elapsedMs: 65_000,
		says: ['Waiting for gpt-image-2, usually 20–190 s at this quality', '1:05 min', 'may still be billed'],
	},
	{
		name: 'running-partial',
		snapshot: snapshotWith(recordOf({ ...left, partials: [partial] })),
		elapsedMs: 31_000,
		says: ['31 s', 'Cancel', 'may still be billed'],
	},
	{
		name: 'waiting-for-limit',
		snapshot: snapshotOf({
			run: { record: recordOf(), waiting: { until: startedAtMs + 83_000, message: 'openai asks to wait (rate limit).' } },
		}),
		elapsedMs: 3000,
		says: ['openai asks to wait', '1:20 min', 'Cancel', 'Try Now'],
	},
	{
		name: 'done',
		snapshot: snapshotWith(
			finishedRecord({}, { accepted: [{ index: 0, asset: 'assets/subway.png', at: '2026-11-20T09:01:00.000Z' }] }),
		),
		says: [
			'Insert',
			'Save As…',
			'Copy Link',
			'Reveal',
			'Open Prompt',
			'48 s',
			'1,412 tokens',
			'$0.041',
			'Inserted as assets/subway.png',
		],
	},
	{ name: 'done-starred', snapshot: snapshotWith(finishedRecord({}, { isStarred: true })), says: ['Insert', 'Star'] },
	{
		name: 'done-differs',
		snapshot: snapshotWith(
			finishedRecord(
				{ actual: { size: '1536x1024', quality: 'low', format: 'png' }, cost: { usd: 0.0414, estimated: true } },
				{
					pictures: [pictureOf(0, { width: 1254, height: 1254, hasContentCredentials: false })],
					notices: ['The format is not asked for: this server does not know the field.'],
				},
			),
		),
		says: ['1254×1254', 'differs', 'absent', '≈ $0.041 estimated', 'Notices'],
	},
	{
		name: 'several',
		snapshot: snapshotWith(finishedRecord({ requested: fourAsked }, { pictures: four, requested: fourAsked }), {
			outcome: {
				kind: 'ready',
				plan: planOf({
					requested: { size: { width: 1536, height: 1024 }, quality: 'medium', format: 'png', n: 4 },
					notices: ['4 candidates are asked for in one request, without a stream.'],
				}),
			},
		}),
		says: ['Insert', '× 4'],
	},
	{
		name: 'failed',
		snapshot: snapshotWith(
			recordOf({
				state: 'finished',
				requestIds: ['req_0f6a'],
				result: resultOf({
					status: 'failed',
					failure: {
						kind: 'notSignedIn',
						message: 'The host refused the API key of “openai”. Set a valid key, then generate again.',
						httpStatus: 401,
					},
				}),
			}),
		),
		says: ['The host refused the API key of “openai”.', 'Set a valid key', 'Set Key', 'req_0f6a', 'Interior of an empty subway car'],
	},
	{
		name: 'failed-version',
		snapshot: snapshotWith(
			recordOf({
				state: 'finished',
				connection: azure.name,
				hostKind: 'azure',
				requestIds: ['0f6a4c52-7f5c-4f0e-9d43-2f1f6c1b7a10', '3c1d9f6e-5a52-4ac5-8f0e-9b0f6f2f6f11'],
				result: resultOf({
					status: 'failed',
					failure: {
						kind: 'notConfigured',
						code: 'apiVersionRequired',
						message: 'my-resource.openai.azure.com wants an api-version. Set "api" of the connection to "preview".',
						httpStatus: 400,
					},
				}),
			}),
			{ outcome: { kind: 'ready', plan: planOf({ connection: azure }) } },
		),
		says: ['wants an api-version', 'Use api-version=preview', '0f6a4c52'],
	},
	{
		name: 'failed-invalid',
		snapshot: snapshotWith(
			recordOf({
				state: 'finished',
				result: resultOf({
					status: 'failed',
					failure: {
						kind: 'invalid',
						message: 'The request is not valid, so nothing was sent.',
						problems: [problemOf('error', '“quallity” is not a key. Did you mean “quality”?')],
					},
				}),
			}),
		),
		says: ['The request is not valid', 'Did you mean', 'Open Prompt'],
	},
	{
		name: 'uncertain',
		snapshot: snapshotWith(
			recordOf({
				state: 'finished',
				requestIds: ['req_7c41b0f92d5e4f0aa1b7d1f0c2e94d10'],
				partials: [partial],
				result: resultOf({ status: 'uncertain', failure: { kind: 'uncertain', message: 'The connection was lost.' } }),
			}),
		),
		says: [
			'The connection was lost after the request had left. It may have been billed.',
			'Open Usage Page',
			'Try Again Anyway',
			'Dismiss',
		],
	},
	{
		name: 'cancelled',
		snapshot: snapshotWith(recordOf({ ...left, state: 'finished', partials: [partial], result: resultOf({ status: 'cancelled' }) })),
		says: ['Cancelled. It may still be billed.', 'Generate Again'],
	},
	{
		name: 'sandbox-first',
		snapshot: snapshotWith(finishedRecord({ connection: 'sandbox' }, { hostKind: 'sandbox', connection: 'sandbox', requestIds: [] }), {
			outcome: { kind: 'ready', plan: sandboxPlan },
			isFirstRun: true,
		}),
		says: ['Sandbox picture: no model was called', 'Add OpenAI', 'Add Microsoft Foundry', 'Add a Compatible Server', 'Free'],
	},
	{
		name: 'sandbox-nothing-yet',
		snapshot: snapshotOf({ outcome: { kind: 'ready', plan: sandboxPlan }, isFirstRun: true }),
		says: ['a placeholder will be painted', 'Add OpenAI', 'painted on this machine'],
	},
	{
		name: 'restored-deleted',
		snapshot: snapshotWith(finishedRecord({ requested: fourAsked }, { pictures: four })),
		deleted: ['2.png', '4.png'],
		says: ['This picture was deleted.'],
	},
	{
		name: 'restored-all-deleted',
		snapshot: snapshotWith(finishedRecord()),
		deleted: ['1.png'],
		says: ['This picture was deleted.', 'Generate Again'],
	},
];
