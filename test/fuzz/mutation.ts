import type { FuzzSubject } from './fuzzTarget';
import { changeJson } from './jsonMutation';
import type { Random } from './random';

/** No input is longer, in bytes, unless it was made so by {@link repeat}. */
const maxLength = 8192;
const maxRepeated = 65_536;

const interestingBytes = [
	0, 1, 7, 8, 0x0a, 0x0d, 0x1f, 0x20, 0x22, 0x2d, 0x3a, 0x5b, 0x5c, 0x7b, 0x7f, 0x80, 0xbf, 0xc0, 0xd8, 0xd9, 0xda, 0xfe, 0xff,
];

type Mutation = (input: Uint8Array, random: Random, subject: FuzzSubject) => Uint8Array;

/** The input with the number of `random`: a sample of `subject`, changed a few times, or (rarely) noise. */
export function makeInput(subject: FuzzSubject, random: Random): Uint8Array {
	if (random.once(50)) {
		return noise(random, random.length());
	}
	let input = random.pick(subject.samples);
	for (let change = subject.isJson ? random.below(4) : 0; change > 0; change--) {
		input = changeJson(input, random, subject.tokens);
	}
	// Most inputs are changed a little, so that they still get far; some so often that nothing is left of the sample.
	const isSpared = subject.isJson === true && !random.once(3);
	const changes = isSpared ? 0 : random.once(20) ? random.below(30) : random.below(5);
	for (let change = 0; change < changes; change++) {
		input = random.pick(mutations)(input, random, subject);
		input = input.length > maxLength ? input.subarray(0, maxLength) : input;
	}
	return random.once(500) ? repeat(input, random) : input;
}

const replaceByte: Mutation = (input, random) => {
	const changed = Uint8Array.from(input);
	if (changed.length > 0) {
		changed[random.below(changed.length)] = random.once(2) ? random.pick(interestingBytes) : random.below(256);
	}
	return changed;
};

const flipBit: Mutation = (input, random) => {
	const changed = Uint8Array.from(input);
	const at = random.below(changed.length);
	changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
	return changed;
};

/** Takes a piece out, puts another one in its place. */
function splice(input: Uint8Array, start: number, removed: number, added: Uint8Array): Uint8Array {
	const end = Math.min(input.length, start + removed);
	const result = new Uint8Array(start + added.length + input.length - end);
	result.set(input.subarray(0, start));
	result.set(added, start);
	result.set(input.subarray(end), start + added.length);
	return result;
}

const insertNoise: Mutation = (input, random) => splice(input, random.below(input.length + 1), 0, noise(random, random.length()));
const remove: Mutation = (input, random) => splice(input, random.below(input.length + 1), random.length(), new Uint8Array());
const truncate: Mutation = (input, random) => input.subarray(0, random.below(input.length + 1));
const insertToken: Mutation = (input, random, subject) =>
	splice(input, random.below(input.length + 1), random.once(2) ? random.length() : 0, Buffer.from(random.pick(subject.tokens)));

const copyPiece: Mutation = (input, random) => {
	const start = random.below(input.length);
	const piece = input.slice(start, start + random.length());
	return splice(input, random.below(input.length + 1), random.once(2) ? piece.length : 0, piece);
};

const repeatPiece: Mutation = (input, random) => {
	const at = random.below(input.length);
	const piece = input.subarray(at, at + random.length());
	const times = Math.min(random.length(), Math.floor(maxLength / (piece.length + 1)));
	return splice(input, at, 0, new Uint8Array(Buffer.concat(Array.from({ length: times }, () => piece))));
};

const crossOver: Mutation = (input, random, subject) => {
	const other = random.pick(subject.samples);
	const from = random.below(other.length + 1);
	return splice(input, random.below(input.length + 1), random.once(2) ? input.length : random.length(), other.subarray(from));
};

const swapLines: Mutation = (input, random) => {
	const lines = Buffer.from(input).toString('latin1').split('\n');
	const [one, other] = [random.below(lines.length), random.below(lines.length)];
	[lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
	return Buffer.from(lines.join('\n'), 'latin1');
};

const changeNumber: Mutation = (input, random) => {
	const text = Buffer.from(input).toString('latin1');
	const numbers = [...text.matchAll(/\d+/g)];
	const found = numbers[random.below(numbers.length)];
	const number = random.pick([
		'0',
		'-1',
		'1',
		'16',
		'255',
		'65536',
		'3840',
		'2147483648',
		'1e400',
		'0.5',
		'0x10',
		'٣',
		String(random.next()),
	]);
	return found ? splice(input, found.index, found[0].length, Buffer.from(number)) : input;
};

const mutations: readonly Mutation[] = [
	replaceByte,
	flipBit,
	insertNoise,
	remove,
	truncate,
	insertToken,
	insertToken,
	insertToken,
	copyPiece,
	repeatPiece,
	crossOver,
	swapLines,
	changeNumber,
];

function noise(random: Random, length: number): Uint8Array {
	return Uint8Array.from({ length }, () => random.below(256));
}

/** A piece over and over again, so that whoever looks back at every step takes for ever. */
function repeat(input: Uint8Array, random: Random): Uint8Array {
	const at = random.below(input.length);
	const piece = input.subarray(at, at + 1 + random.below(12));
	const length = random.below(maxRepeated);
	return splice(input, at, piece.length, piece.length === 0 ? piece : new Uint8Array(Buffer.alloc(length, piece)));
}
