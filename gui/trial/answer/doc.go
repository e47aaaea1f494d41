// Package answer reads what an API answered, to be looked at: as a tree that folds, as a table where it is a list of things, as
// lines of text. It knows neither the window nor the network, and nothing of it is written anywhere.
//
// What is secret is taken out first: see [Read]. A tree is of one goroutine; all else may be read by many.
package answer
