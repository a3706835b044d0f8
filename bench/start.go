package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"
)

// measureStart measures the time from exec to the first answer, and the memory of an
// idle server.
func measureStart(ctx context.Context, b *bench) ([]row, error) {
	var empty, fresh, kept, memory, emptyMemory []float64
	for i := range b.rounds(15) {
		data := filepath.Join(b.scratch, fmt.Sprintf("start-%d", i))
		floor, err := b.startEmpty(ctx)
		if err != nil {
			return nil, err
		}
		emptyMemory, err = idle(emptyMemory, floor, i)
		floor.stop()
		if err != nil {
			return nil, err
		}
		empty = append(empty, millis(floor.ready))
		for _, ready := range []*[]float64{&fresh, &kept} { // the second start uses the database of the first
			ours, err := b.startSelasar(ctx, data)
			if err != nil {
				return nil, err
			}
			if ready == &fresh {
				memory, err = idle(memory, ours, i)
			}
			ours.stop()
			if err != nil {
				return nil, err
			}
			*ready = append(*ready, millis(ours.ready))
		}
	}
	return []row{
		startRow("ready after exec, new database", fresh, empty, 25, 15),
		startRow("ready after exec, existing database", kept, empty, 15, 10),
		{what: "idle memory, resident", ours: mebibytes(median(memory)), floor: mebibytes(median(emptyMemory)), ratio: times(median(memory) / median(emptyMemory)),
			atLeast: "26 MiB", goal: "18 MiB", holds: holds(median(memory) <= 26<<20)},
	}, nil
}

func startRow(what string, ours, floor []float64, atLeast, goal float64) row {
	return row{what: what, ours: inMillis(median(ours)), floor: inMillis(median(floor)), ratio: times(median(ours) / median(floor)),
		atLeast: need(atLeast, "%.0f ms"), goal: need(goal, "%.0f ms"), holds: reaches(median(ours), atLeast)}
}

// idle adds the memory of a server after it has settled. It does so only in the first
// rounds, because that takes time.
func idle(figures []float64, p *process, round int) ([]float64, error) {
	if round >= 3 {
		return figures, nil
	}
	time.Sleep(1500 * time.Millisecond)
	bytes, err := p.memory()
	return append(figures, bytes), err
}
