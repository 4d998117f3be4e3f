import type { MigrationObject } from '../clusters/migration-kinds.ts';

/** How far a Migration is, in one line. */
export type Progress = Readonly<{
	stage: string;
	text: string;
	/** Of the first volume or object that failed, as Stork gives it. */
	reason: string;
	/** It ended, and all that the proof needs is among what arrived. */
	isComplete: boolean;
}>;

/** Status fields are null until Stork has something to put there, and it has written none at all at first. */
export function progressOf(found: MigrationObject['status']): Progress {
	const stage = found?.stage ?? '';
	const copied = found?.volumes ?? [];
	const applied = found?.resources ?? [];
	const failed = copied.find(one => one.status === 'Failed');
	const refused = applied.find(one => one.status === 'Failed');
	const arrived = applied.filter(one => one.status === 'Successful');
	const text = [
		`${stage || 'not begun'}${found?.status ? ` ${found.status}` : ''}`,
		count(copied, 'volumes'),
		amountOf(copied),
		count(applied, 'resources'),
	]
		.filter(Boolean)
		.join(', ');
	return {
		stage,
		text: isWhole(arrived) || stage !== 'Final' ? text : `${text}${missing(arrived)}`,
		reason: failed?.reason ?? (refused ? `${refused.kind} ${refused.name}: ${refused.reason}` : ''),
		isComplete: stage === 'Final' && found?.status === 'Successful' && copied.length > 0 && isWhole(arrived),
	};
}

const count = (all: readonly Readonly<{ status?: string | undefined }>[], what: string): string =>
	all.length === 0 ? '' : `${all.filter(one => one.status === 'Successful').length}/${all.length} ${what}`;

type Volumes = NonNullable<NonNullable<MigrationObject['status']>['volumes']>;

function amountOf(copied: Volumes): string {
	const moving = copied.find(one => one.status === 'InProgress')?.reason;
	const bytes = copied.reduce((sum, { bytesTotal = 0 }) => sum + bytesTotal, 0);
	return moving ? transferOf(moving) : bytes > 0 ? sizeOf(bytes) : '';
}

type Arrived = readonly Readonly<{ kind?: unknown }>[];

/** A claim that was not Bound when Stork looked is left out, and the Migration is Successful anyway. */
const wanted = ['PersistentVolumeClaim', 'PersistentVolume', 'ConfigMap'] as const;

const isWhole = (arrived: Arrived): boolean => wanted.every(kind => arrived.some(one => one.kind === kind));

const missing = (arrived: Arrived): string =>
	`, missing: ${wanted.filter(kind => !arrived.some(one => one.kind === kind)).join(', ')}`;

/** Portworx's words: `… Backup in progress. BytesDone: 1 BytesTotal: 2 ETA: 3 seconds`. */
function transferOf(reason: string): string {
	const [, step] = /\b(\w+) in progress/.exec(reason) ?? [];
	const [, done, total, eta] = /BytesDone: (\d+) BytesTotal: (\d+) ETA: (\d+)/.exec(reason) ?? [];
	if (step === undefined) {
		return reason;
	}
	return total === undefined
		? step
		: `${step} ${sizeOf(Number(done))} of ${sizeOf(Number(total))}, about ${eta} s left`;
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export function sizeOf(bytes: number): string {
	const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
	const amount = bytes / 1024 ** power;
	return `${amount < 10 && power > 0 ? amount.toFixed(1).replace(/\.0$/, '') : Math.round(amount)} ${units[power]}`;
}
