import type { HostError } from './hostError';

/** Words that tell which field is meant where the host does not name it. */
const telltales: readonly (readonly [RegExp, string])[] = [
	[/^Invalid size\b|resolution|pixel budget|aspect ratio/i, 'size'],
	[/transparent background/i, 'background'],
	[/streaming/i, 'stream'],
	[/compression/i, 'output_compression'],
	[/input_fidelity/i, 'input_fidelity'],
	[/output format/i, 'output_format'],
];

/** The request field that the host did not accept, as far as it can be told. `tools` names the Responses API's tool as a whole. */
export function rejectedParameter({ parameter, message = '', codes }: HostError): string | undefined {
	const named = /(?:parameter|argument|field|property)s?:? ['"`]([\w.[\]]+)['"`]/i.exec(message)?.[1];
	const quoted = /['"`]([a-z_]+)['"`] parameter|^Invalid ['"`]([a-z_]+)['"`]/.exec(message);
	const told = parameter === undefined || parameter === 'tools' ? (named ?? quoted?.[1] ?? quoted?.[2]) : parameter;
	const inferred = codes.includes('invalid_image_file') ? 'image' : telltales.find(([words]) => words.test(message))?.[1];
	return told?.replace(/^tools\[\d+\]\./, '') ?? inferred;
}
