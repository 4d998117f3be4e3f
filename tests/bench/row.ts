/** One line of the table. */
export type Row = Readonly<{
	what: string;
	/** What it took; a sentence why not, where it could not be measured. */
	measured: number | string;
	unit: '× bare node' | '× by hand' | '× a frame' | '× without' | 'requests' | 'round trips' | 'connections';
	/** At most so much. */
	budget?: number;
	/** What one has to know to read it. */
	remark?: string;
}>;

export type Verdict = 'met' | 'NOT met' | 'no budget' | 'not measured';

export function verdictOf({ measured, budget }: Row): Verdict {
	if (typeof measured === 'string' || Number.isNaN(measured)) {
		return 'not measured';
	}
	if (budget === undefined) {
		return 'no budget';
	}
	return measured <= budget ? 'met' : 'NOT met';
}

/** How much is measured: `quick` is for a look in between, and for a test that it works at all. */
export type Effort = 'quick' | 'whole';
