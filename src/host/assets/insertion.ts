import type * as vscode from 'vscode';
import type { StoredPicture } from '../../core/run/ports';
import type { RunFolder, RunRecord } from '../../core/run/records';
import type { AssetSettings } from '../connections/parseSettings';

/** A document that gets a link. */
export interface InsertTarget {
	readonly uri: vscode.Uri;
	/** Absent: the end of the selection, else the place where the prompt was selected, else the document's end. */
	readonly position?: vscode.Position;
	/** Code chose the position: the link is put there as it is, without a space or line of its own. */
	readonly isExact: boolean;
}

/** Which picture becomes an asset, and where. */
export interface InsertRequest {
	readonly record: RunRecord;
	readonly picture: StoredPicture;
	/** Absolute path of the picture in its run's folder. */
	readonly picturePath: string;
	/** Absolute paths of the run's folders on other disks, for the copy that is moved into the project. Absent: there are none. */
	readonly elsewhere?: readonly string[];
	/** Absent: only the file is written, no link. */
	readonly target?: InsertTarget;
	/** Absent: the record's. Empty: a decorative picture. */
	readonly alt?: string;
	readonly settings: AssetSettings;
	/** A person is there to be asked; code gets the careful answer. */
	readonly isInteractive: boolean;
	/** When given, the insertion is noted in the run's record. */
	readonly folder?: RunFolder;
}

/** What was written. */
export interface InsertedAsset {
	/** Path of a file on disk, else the URI as text. */
	readonly asset: string;
	readonly uri: string;
	readonly link?: string;
	/** One sentence for the person, when something came out otherwise than it was written. */
	readonly notice?: string;
}

/**
 * `outsideWorkspace`: the path is not allowed. `noPlace`: there is no folder to write into. `writeFailed`: the disk or the editor
 * refused. `gone`: the picture is not in its run's folder any more. `notPermitted`: the workspace is not trusted. `cancelled`: a person
 * closed a question.
 */
export interface InsertFailure {
	readonly kind: 'outsideWorkspace' | 'noPlace' | 'writeFailed' | 'gone' | 'notPermitted' | 'cancelled';
	/** What happened and what to do; empty for `cancelled`. */
	readonly message: string;
	/** Save As would still work. */
	readonly canSaveAs: boolean;
}
