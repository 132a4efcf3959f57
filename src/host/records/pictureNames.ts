import { fileExtension, type ImageFormat } from '../../core/image/imageFormat';

export type PictureRole = 'partial' | 'final';

/** Ending of a picture that is still arriving, or never came to its end. */
export const spoolEnding = '.part';

/** Name of the `number`th (from 1) picture of a candidate in this role, without ending. */
export function pictureStem(role: PictureRole, candidate: number, number: number): string {
	return number === 1 ? `${role}-${candidate}` : `${role}-${candidate}-${number}`;
}

/** The name that says: this picture is whole. */
export function finalName(stem: string, format: ImageFormat): string {
	return `${stem}.${fileExtension(format)}`;
}

/** What a file name in a run's folder says. `undefined`: it is no picture's. */
export function parsePictureName(
	fileName: string,
): { readonly stem: string; readonly role: PictureRole; readonly candidate: number; readonly isSpool: boolean } | undefined {
	const match = /^((final|partial)-(\d{1,4})(?:-\d{1,6})?)\.(part|png|jpg|webp|gif)$/.exec(fileName);
	if (!match) {
		return undefined;
	}
	const [, stem = '', role, candidate, ending] = match;
	return { stem, role: role === 'final' ? 'final' : 'partial', candidate: Number(candidate), isSpool: ending === 'part' };
}
