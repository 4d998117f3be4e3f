/** One line of the table. */
export type Row = Readonly<{
	what: string;
	/** What it took; a sentence why not, where it could not be measured. */
	measured: number | string;
	/** What the middle half of the single measurements spans, in the same unit. */
	spread?: number;
	unit:
		| '× bare node'
		| '× by hand'
		| '× a frame'
		| '× without'
		| 'requests'
		| 'round trips'
		| 'connections'
		| 'execs';
	/** At most so much. */
	budget?: number;
	/** What one has to know to read it. */
	remark?: string;
}>;

/** `unclear`: the machine was too busy, and the figures lie further apart than the result and its budget. */
export type Verdict = 'met' | 'NOT met' | 'unclear' | 'no budget' | 'not measured';

const counted: readonly Row['unit'][] = ['requests', 'connections', 'execs'];

/** @param isBusy something else kept the machine busy: what took longer than its budget then may not do so on a quiet one */
export function verdictOf({ measured, budget, spread = 0, unit }: Row, isBusy: boolean): Verdict {
	if (typeof measured === 'string' || Number.isNaN(measured)) {
		return 'not measured';
	}
	if (budget === undefined) {
		return 'no budget';
	}
	if (spread > Math.abs(budget - measured)) {
		return 'unclear';
	}
	if (measured <= budget) {
		return 'met';
	}
	return isBusy && !counted.includes(unit) ? 'unclear' : 'NOT met';
}

/** How much is measured: `quick` is for a look in between, and for a test that it works at all. */
export type Effort = 'quick' | 'whole';
