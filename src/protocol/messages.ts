import * as z from 'zod/mini';

/**
 * What crosses the border between the extension and the panel's page. The extension pushes one whole state at every
 * change; the page asks by method. Identifiers are opaque: no path and no command id ever comes from the page.
 */

const picture = z.strictObject({
	/** Display address, made by `asWebviewUri`. `undefined`: the file is gone. */
	uri: z.optional(z.string()),
	width: z.int(),
	height: z.int(),
	format: z.string(),
	/** Bytes of the file. */
	bytes: z.int(),
	contentCredentials: z.boolean(),
});

const candidate = z.strictObject({ index: z.int(), picture, insertedAs: z.optional(z.string()) });

/** One row of «asked / got». `differs` marks what the host changed. */
const parameterRow = z.strictObject({ label: z.string(), asked: z.string(), got: z.string(), differs: z.boolean() });

const details = z.strictObject({
	parameters: z.array(parameterRow),
	tokens: z.optional(z.string()),
	cost: z.optional(z.string()),
	duration: z.string(),
	requestIds: z.array(z.string()),
	contentCredentials: z.boolean(),
	notices: z.array(z.string()),
});

/** The one button that helps after a failure. */
export const failureAction = z.enum([
	'setKey',
	'signIn',
	'addConnection',
	'selectConnection',
	'openPrompt',
	'openLog',
	'openUsagePage',
	'openVerificationPage',
	'openBillingPage',
	'tryAgain',
	'manageTrust',
	'openBudget',
	'previewApi',
	'v1Api',
	'otherScope',
	'manageConnections',
	'openPortal',
]);

const phase = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('idle') }),
	z.strictObject({
		kind: z.literal('running'),
		elapsedMs: z.number(),
		/** «Waiting for gpt-image-2, usually 20–190 s at this quality» */
		waitingFor: z.string(),
		hasLeft: z.boolean(),
		/** The host may bill a request that is cancelled now. */
		mayBeBilled: z.boolean(),
		/** Proportions of the expected picture. */
		expected: z.optional(z.strictObject({ width: z.int(), height: z.int() })),
		partial: z.optional(picture),
		/** Candidates that are already there. */
		candidates: z.array(candidate),
	}),
	z.strictObject({ kind: z.literal('waiting'), remainingMs: z.number(), message: z.string() }),
	z.strictObject({ kind: z.literal('done'), candidates: z.array(candidate), details }),
	z.strictObject({
		kind: z.literal('failed'),
		what: z.string(),
		advice: z.string(),
		action: z.optional(z.strictObject({ id: failureAction, label: z.string() })),
		requestIds: z.array(z.string()),
		candidates: z.array(candidate),
		partial: z.optional(picture),
		problems: z.array(z.string()),
	}),
	z.strictObject({
		kind: z.literal('uncertain'),
		message: z.string(),
		hasUsagePage: z.boolean(),
		requestIds: z.array(z.string()),
		candidates: z.array(candidate),
		partial: z.optional(picture),
	}),
	z.strictObject({ kind: z.literal('cancelled'), message: z.string(), candidates: z.array(candidate), partial: z.optional(picture) }),
]);

export const panelState = z.strictObject({
	/** Rises by one per state; the page drops older ones. */
	epoch: z.int(),
	title: z.string(),
	runId: z.optional(z.string()),
	/** The request line; absent when no plan could be made. */
	request: z.optional(
		z.strictObject({
			connection: z.string(),
			/** Empty: none is asked for. */
			model: z.string(),
			size: z.string(),
			/** Empty: left to the host. */
			quality: z.string(),
			/** Empty: left to the host. */
			format: z.string(),
			n: z.int(),
			/** `≈ $0.041 estimated`, `free`, `price unknown` */
			price: z.string(),
			notices: z.array(z.string()),
		}),
	),
	prompt: z.string(),
	/** «What would be sent», as label and value. */
	outgoing: z.array(z.strictObject({ label: z.string(), value: z.string() })),
	problems: z.array(z.strictObject({ severity: z.enum(['error', 'warning', 'information']), message: z.string() })),
	canGenerate: z.boolean(),
	/** `false`: the workspace is not trusted, and nothing is sent from it. */
	isTrusted: z.boolean(),
	canOpenPrompt: z.boolean(),
	/** Whether the shown run is kept for ever. Absent while there is none that is over. */
	isStarred: z.optional(z.boolean()),
	/** Shown when the picture is the sandbox's. `first`: no connection is set up yet. */
	sandbox: z.optional(z.enum(['first', 'chosen'])),
	phase,
});

/** Everything that the page shows, with texts and numbers ready for display. */
export type PanelState = z.output<typeof panelState>;
/** What is going on: one `kind` per screen. */
export type PanelPhase = PanelState['phase'];
/** One picture of a run, as the page shows it. */
export type PanelCandidate = z.output<typeof candidate>;
/** A picture file: facts read from its bytes, and where to load it from. */
export type PanelPicture = z.output<typeof picture>;
/** What was asked, what came back and what it took. */
export type PanelDetails = z.output<typeof details>;
/** Name of a failure's button; what it does is the extension's business. */
export type FailureAction = z.output<typeof failureAction>;

const runId = z.string().check(z.minLength(1), z.maxLength(100));
const nothing = z.strictObject({});
const onCandidate = z.strictObject({ runId, index: z.int().check(z.minimum(0), z.maximum(99)) });
const onRun = z.strictObject({ runId });

/** What the page may ask of the extension: parameters, then answer. */
export const hostMethods = {
	/** The page is there and wants the state. */
	ready: { params: nothing, answer: nothing },
	generate: { params: nothing, answer: nothing },
	cancel: { params: onRun, answer: nothing },
	/** Ends a countdown early. */
	tryNow: { params: onRun, answer: nothing },
	insert: { params: onCandidate, answer: nothing },
	saveAs: { params: onCandidate, answer: nothing },
	copyLink: { params: onCandidate, answer: nothing },
	reveal: { params: onCandidate, answer: nothing },
	openPrompt: { params: nothing, answer: nothing },
	copyText: { params: z.strictObject({ text: z.string().check(z.maxLength(1000)) }), answer: nothing },
	help: { params: z.strictObject({ action: failureAction }), answer: nothing },
	tryAgain: { params: onRun, answer: nothing },
	dismiss: { params: onRun, answer: nothing },
	/** Keeps a run however old it gets, or no longer. */
	star: { params: z.strictObject({ runId, isStarred: z.boolean() }), answer: nothing },
	addConnection: { params: z.strictObject({ kind: z.optional(z.enum(['openai', 'azure', 'compatible'])) }), answer: nothing },
} as const;

/** Name of a call that the page can make. */
export type HostMethod = keyof typeof hostMethods;
type ParamsByMethod = { readonly [M in HostMethod]: z.output<(typeof hostMethods)[M]['params']> };
type AnswerByMethod = { readonly [M in HostMethod]: z.output<(typeof hostMethods)[M]['answer']> };

/** Parameters of one call, after they were checked. */
export type HostParams<M extends HostMethod> = ParamsByMethod[M];
/** One function per call. A rejection becomes an error that the page shows. */
export type HostHandlers = { readonly [M in HostMethod]: (params: ParamsByMethod[M]) => Promise<AnswerByMethod[M]> };

/** What the extension tells the page. Nothing is sent back. */
export const viewEvent = z.discriminatedUnion('type', [z.strictObject({ type: z.literal('stateChanged'), state: panelState })]);
/** A message of the extension to the page. */
export type ViewEvent = z.output<typeof viewEvent>;

/** A call of the page, before its parameters were checked. */
export const hostRequest = z.strictObject({ id: z.int(), method: z.string(), params: z.optional(z.unknown()) });

/** The answer to a call. */
export const hostAnswer = z.union([z.strictObject({ id: z.int(), result: nothing }), z.strictObject({ id: z.int(), error: z.string() })]);
