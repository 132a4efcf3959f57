import type { Plan, PlannedRequest } from '../../../src/core/plan/plan';
import type { Behaviour } from '../../fakes/imagesApi/behaviour';
import type { Personality } from '../../fakes/imagesApi/behaviour';
import { testPlan } from '../../unit/core/run/runFixture';

/** One way in which a run can go. Plain JSON, as it goes to another process. */
export interface Scenario {
	readonly name: string;
	readonly personality: Personality;
	/** What the host does with the requests, in order. */
	readonly behaviours: readonly Behaviour[];
	readonly n: number;
	readonly stream: boolean;
}

const painting: Behaviour = { size: '64x48', pictureBytes: 24_000, chunkBytes: 20_000, paceMs: 1 };

const limited: Behaviour = {
	status: 429,
	headers: { 'retry-after': '0' },
	body: { error: { message: 'Rate limit reached.', type: 'rate_limit_error', code: 'rate_limit_exceeded', param: null } },
};

/** The ways in which answers come. */
export const scenarios: readonly Scenario[] = [
	{ name: 'a stream with partial pictures', personality: 'openai', behaviours: [painting], n: 1, stream: true },
	{ name: 'a plain answer after the host asked to wait', personality: 'openai', behaviours: [limited, painting], n: 1, stream: false },
	{ name: 'four pictures in one answer', personality: 'openai', behaviours: [painting], n: 4, stream: false },
	{
		name: 'pictures that are downloaded',
		personality: 'compatible',
		behaviours: [{ ...painting, as: 'url' }],
		n: 2,
		stream: false,
	},
];

/** How its pictures are painted: the behaviour of the request that is accepted. */
export function paintingOf({ behaviours }: Scenario): Behaviour {
	return behaviours.at(-1) ?? {};
}

/** What is asked of the host at `url` (an origin). */
export function planOf({ personality, n, stream }: Scenario, url: string): Plan {
	const plan = testPlan(n);
	const kind = personality === 'openai' ? 'openai' : 'compatible';
	const body = { model: plan.model, prompt: plan.prompt, size: '1024x1024', n, output_format: 'png' };
	return {
		...plan,
		connection: { ...plan.connection, kind, baseUrl: `${url}/v1`, origin: url },
		requests: plan.requests.map((request): PlannedRequest => ({
			...request,
			stream,
			body: stream ? { ...body, stream: true, partial_images: 2 } : body,
		})),
	};
}
