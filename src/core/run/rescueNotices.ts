import type { StoredPicture } from './ports';

/** Sentences about pictures that lie on another disk than their run: where they are, and that this may not be for ever. */
export function rescueNotices(pictures: readonly StoredPicture[]): readonly string[] {
	const folders = [...new Set(pictures.flatMap(({ rescuedTo }) => rescuedTo ?? []))];
	return folders.map(folder => {
		const count = pictures.filter(({ rescuedTo }) => rescuedTo === folder).length;
		const what = count === 1 ? 'The picture lies' : `${count} pictures lie`;
		return `The disk of the editor's storage took no more. ${what} in ${folder}, which the system may empty. Use Save As, and free some space.`;
	});
}

/** The same picture as one of its run's folder. */
export function atHome({ rescuedTo: _, ...picture }: StoredPicture): StoredPicture {
	return picture;
}
