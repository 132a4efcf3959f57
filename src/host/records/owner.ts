import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { errorCode } from './recordFiles';

/**
 * Names this process in the records: process id, start, and a part of chance. On Linux the start is the kernel's own figure
 * together with the boot, so that a later process under the same number is not taken for this one.
 */
export function createOwnerId(): string {
	return `${process.pid}-${ownStart()}-${randomBytes(4).toString('hex')}`;
}

/**
 * Whether the process that `owner` names still runs. Where the system tells no start time (macOS, Windows), a foreign process
 * under the same number counts as the owner: its run is then settled on a later start.
 */
export async function isOwnerAlive(owner: string): Promise<boolean> {
	const [, number, start] = /^(\d+)-([0-9a-z]+)-[0-9a-f]+$/.exec(owner) ?? [];
	const pid = Number(number);
	if (!Number.isSafeInteger(pid) || pid <= 0) {
		return false;
	}
	if (pid === process.pid) {
		return start === ownStart();
	}
	return isRunning(pid) && (process.platform !== 'linux' || (await startOfProcess(pid)) === start);
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return errorCode(error) === 'EPERM'; // It is there, but somebody else's.
	}
}

function ownStart(): string {
	return process.platform === 'linux'
		? linuxStart(readFileSync('/proc/self/stat', 'utf8'), readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))
		: Math.round(performance.timeOrigin).toString(36);
}

async function startOfProcess(pid: number): Promise<string | undefined> {
	try {
		return linuxStart(await readFile(`/proc/${pid}/stat`, 'utf8'), await readFile('/proc/sys/kernel/random/boot_id', 'utf8'));
	} catch {
		return undefined; // It ended while it was being looked at.
	}
}

/** Field 22 of `/proc/PID/stat`: clock ticks after boot. The name in field 2 may hold spaces and parentheses. */
function linuxStart(stat: string, bootId: string): string {
	const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
	return createHash('sha256').update(`${bootId.trim()} ${ticks}`).digest('hex').slice(0, 12);
}
