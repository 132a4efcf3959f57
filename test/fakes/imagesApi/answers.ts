import { picture } from '../pictures';
import type { Behaviour } from './behaviour';

/** What an accepted request comes to, before it is put on the wire. */
export interface Painting {
	readonly pictures: readonly Buffer[];
	readonly partials: readonly Buffer[];
	readonly size: string;
	readonly quality: string;
	readonly format: 'png' | 'jpeg' | 'webp';
	readonly background: string;
	readonly usage: Usage;
}

interface Usage {
	readonly total_tokens: number;
	readonly input_tokens: number;
	readonly output_tokens: number;
	readonly input_tokens_details: { readonly image_tokens: number; readonly text_tokens: number };
}

/** Paints what the body asks for, as far as `behaviour` lets it. Each candidate has its own colour. */
export function paint(body: Readonly<Record<string, unknown>>, behaviour: Behaviour): Painting {
	const size = behaviour.size ?? (typeof body.size === 'string' && body.size !== 'auto' ? body.size : '1024x1024');
	const [width = 1024, height = 1024] = size.split('x').map(Number);
	const quality = typeof body.quality === 'string' && body.quality !== 'auto' ? body.quality : 'medium';
	const asked = body.output_format === 'jpeg' || body.output_format === 'webp' ? body.output_format : 'png';
	const format = behaviour.format ?? asked;
	const background = body.background === 'transparent' ? 'transparent' : 'opaque';
	const options = { width, height, transparent: background === 'transparent', contentCredentials: true };
	const bytes = behaviour.pictureBytes === undefined ? {} : { bytes: behaviour.pictureBytes };
	const candidates = behaviour.candidates ?? (typeof body.n === 'number' ? body.n : 1);
	const partials = behaviour.partials ?? (typeof body.partial_images === 'number' ? body.partial_images : 0);
	return {
		pictures: Array.from({ length: candidates }, (_, index) =>
			spoil(picture(format, { ...options, ...bytes, colour: [40 + 20 * index, 112, 176] }), behaviour.picture),
		),
		partials: Array.from({ length: partials }, (_, index) => picture(format, { ...options, colour: [200, 60 * index, 60] })),
		size,
		quality,
		format,
		background,
		usage: usage(String(body.prompt), quality, width, height, candidates, partials),
	};
}

/** The fields of a plain answer besides `data`, and of a final event. */
export function facts(painting: Painting, omit: readonly string[] = []): Record<string, unknown> {
	const all = {
		background: painting.background,
		output_format: painting.format,
		quality: painting.quality,
		size: painting.size,
		usage: painting.usage,
	};
	return Object.fromEntries(Object.entries(all).filter(([field]) => !omit.includes(field)));
}

/** Token counts by OpenAI's published formula (image generation guide's calculator, read 2026-11-20) and a rough count of the text. */
function usage(prompt: string, quality: string, width: number, height: number, candidates: number, partials: number): Usage {
	const factor = { low: 16, medium: 48, high: 96, xhigh: 96, max: 96 }[quality] ?? 48;
	const long = Math.max(width, height);
	const short = Math.min(width, height);
	const across = Math.floor((2 * factor * short + long) / (2 * long));
	const each = Math.ceil((factor * across * (2_000_000 + width * height)) / 4_000_000);
	const output = candidates * each + 100 * partials;
	const input = Math.ceil(prompt.length / 4) + 6;
	return {
		total_tokens: input + output,
		input_tokens: input,
		output_tokens: output,
		input_tokens_details: { image_tokens: 0, text_tokens: input },
	};
}

function spoil(bytes: Buffer, how: Behaviour['picture']): Buffer {
	switch (how) {
		case undefined:
			return bytes;
		case 'truncated':
			return bytes.subarray(0, Math.floor((bytes.length * 3) / 4));
		case 'html':
			return Buffer.from('<!DOCTYPE html><html><body>Bad gateway</body></html>');
		case 'svg':
			return Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
		case 'text':
			return Buffer.from('This is not a picture.');
		default:
			return Buffer.from(how);
	}
}
