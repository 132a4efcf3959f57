import type { AnswerHandler } from '../../../../src/providers/answer/answerScanner';
import type { ScannedDocument } from '../../../../src/providers/answer/scannedDocument';

/** Writes down what a scanner tells. Pieces of one picture are put together, because where a body is cut says nothing. */
export class RecordingHandler implements AnswerHandler {
	readonly log: unknown[] = [];
	#picture: { element: number; type: string | undefined; pieces: Uint8Array[] } | undefined;

	beginPicture(element: number, type: string | undefined): void {
		if (this.#picture) {
			throw new Error('Two pictures overlap.');
		}
		this.#picture = { element, type, pieces: [] };
	}

	pictureBytes(bytes: Uint8Array): void {
		if (bytes.length === 0) {
			throw new Error('A piece is empty.');
		}
		this.#picture?.pieces.push(bytes);
	}

	endPicture(isClean: boolean): void {
		const { element, type, pieces } = this.#picture ?? { element: -1, type: undefined, pieces: [] };
		this.#picture = undefined;
		this.log.push({ element, type, isClean, bytes: Buffer.concat(pieces).toString('latin1') });
	}

	beginEvent(name: string): void {
		this.log.push(`begin ${name}`);
	}

	event(name: string, data: ScannedDocument): void {
		this.#cutOff();
		this.log.push({ event: name, data });
	}

	done(): void {
		this.log.push('done');
	}

	document(document: ScannedDocument): void {
		this.#cutOff();
		this.log.push(document);
	}

	/** A document that ends in the middle of a picture says nothing of the picture's end. */
	#cutOff(): void {
		if (this.#picture) {
			this.log.push({ cutOff: Buffer.concat(this.#picture.pieces).toString('latin1') });
			this.#picture = undefined;
		}
	}
}

/** A copy of `body` in pieces that end at `cuts`. A scanner decodes in place, so the copy is its own. */
export function pieces(body: string | Uint8Array, cuts: readonly number[] = []): Uint8Array[] {
	const bytes = Buffer.from(body);
	const bounds = [0, ...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
	return bounds.slice(1).map((end, index) => Uint8Array.from(bytes.subarray(bounds[index], end)));
}
