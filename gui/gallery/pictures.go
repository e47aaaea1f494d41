//go:build !nogui

package main

import (
	"bufio"
	"errors"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"valetkey/gui/kit"
	"valetkey/valet/words"
)

// writeAll draws every state whose name matches, in every sitting. part is the share of a program that another one started; one
// below 0 starts them all.
func writeAll(folder string, in []sitting, names *regexp.Regexp, part int) error {
	if len(in) == 0 {
		return errors.New("there is no such language, size or look")
	}
	if part >= 0 {
		_, err := write(folder, in, names, part)
		return err
	}
	for _, s := range in {
		if err := empty(s.folder(folder), s.look, names); err != nil {
			return err
		}
	}
	var others []*exec.Cmd
	for other := 1; other < hands(); other++ {
		cmd := exec.Command(os.Args[0], append([]string{"-part", strconv.Itoa(other)}, os.Args[1:]...)...)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			return err
		}
		others = append(others, cmd)
	}
	count, err := write(folder, in, names, 0)
	for _, cmd := range others {
		err = errors.Join(err, cmd.Wait())
	}
	if err == nil {
		fmt.Printf("%d states, %d pictures of each: %s\n", count, len(in), folder)
	}
	return err
}

// write draws one part of the pictures, and tells how many states there are.
func write(folder string, in []sitting, names *regexp.Regexp, part int) (count int, err error) {
	a := test.NewApp()
	at := 0
	for _, s := range in {
		words.Prefer(func() string { return s.lang })
		a.Settings().SetTheme(variant{kit.NewTheme(), halves[s.look]})
		count = 0
		for _, st := range states() {
			if !names.MatchString(st.name) {
				continue
			}
			count++
			if at++; at%hands() != part {
				continue
			}
			if err := s.picture(folder, st); err != nil {
				return count, err
			}
		}
	}
	return count, nil
}

// folder is where the pictures of a sitting go.
func (s sitting) folder(root string) string { return filepath.Join(root, s.lang, s.frame.name) }

// empty makes the folder, and takes away the pictures of an earlier time.
func empty(folder, look string, names *regexp.Regexp) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	ending := "-" + look + ".png"
	old, err := filepath.Glob(filepath.Join(folder, "*"+ending))
	for _, path := range old {
		if state := filepath.Base(path); names.MatchString(state[:len(state)-len(ending)]) {
			err = errors.Join(err, os.Remove(path))
		}
	}
	return err
}

// quick costs a third more room than the usual compression, and a fifth of its time.
var quick = png.Encoder{CompressionLevel: png.BestSpeed}

func (s sitting) picture(folder string, st state) (err error) {
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetScale(s.scale)
	st.on(c, s.size)
	file, err := os.Create(filepath.Join(s.folder(folder), st.name+"-"+s.look+".png"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	to := bufio.NewWriterSize(file, 1<<16)
	if err := quick.Encode(to, c.Capture()); err != nil {
		return err
	}
	return to.Flush()
}
