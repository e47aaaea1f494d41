package instance

import (
	"bufio"
	"context"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// The two words that cross the socket, a line each.
const wish, reply = "show\n", "shown\n"

// folderPattern and socketName are what the socket's own folder and the socket are called.
const folderPattern, socketName = "valetkey-", "window"

// door is the socket of the window that is open.
type door struct {
	path   string
	listen *net.UnixListener
	asked  func(ctx context.Context) bool
	peer   func(*net.UnixConn) (user int, ok bool) // who is at the other end
}

// listen makes a folder that only its owner may enter, and a socket in it: where the system has a place for that, else in the
// state folder, else where temporary files go. A path may be too long for a socket, and a shared disk may know none.
func listen(state string, asked func(context.Context) bool) (*door, error) {
	var last error
	for _, place := range []string{os.Getenv("XDG_RUNTIME_DIR"), state, os.TempDir()} {
		if !filepath.IsAbs(place) {
			continue
		}
		folder, err := os.MkdirTemp(place, folderPattern) // 0700
		if err != nil {
			last = err
			continue
		}
		path := filepath.Join(folder, socketName)
		socket, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
		if err != nil {
			last = err
			os.Remove(folder)
			continue
		}
		d := &door{path: path, listen: socket, asked: asked, peer: peer}
		go d.serve()
		return d, nil
	}
	return nil, last
}

func (d *door) serve() {
	for {
		guest, err := d.listen.AcceptUnix()
		if err != nil {
			return // closed
		}
		go d.answer(guest)
	}
}

// answer does what a guest of the same user wishes, and says so. Whatever else is said closes the door.
func (d *door) answer(guest *net.UnixConn) {
	defer guest.Close()
	if !sameUser(d.peer(guest)) {
		return
	}
	guest.SetDeadline(time.Now().Add(patience))
	if line, err := bufio.NewReaderSize(guest, len(wish)).ReadSlice('\n'); err != nil || string(line) != wish {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if d.asked(ctx) {
		guest.Write([]byte(reply))
	}
}

func (d *door) close() {
	d.listen.Close()
	clear(d.path)
}

// clear takes a socket and its folder away, if they are what we make; never more.
func clear(path string) {
	folder := filepath.Dir(path)
	if filepath.Base(path) == socketName && strings.HasPrefix(filepath.Base(folder), folderPattern) {
		os.Remove(path)
		os.Remove(folder)
	}
}

// ask has the window behind a socket come to the front, and reports whether it did before ctx ended.
func ask(ctx context.Context, path string) bool {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "unix", path)
	if err != nil {
		return false
	}
	defer conn.Close()
	if end, ok := ctx.Deadline(); ok {
		conn.SetDeadline(end)
	}
	socket, ok := conn.(*net.UnixConn)
	if !ok || !sameUser(peer(socket)) {
		return false
	}
	if _, err := conn.Write([]byte(wish)); err != nil {
		return false
	}
	line, err := bufio.NewReaderSize(conn, 16).ReadSlice('\n')
	return err == nil && string(line) == reply
}

// sameUser reports whether who is at the other end is who runs this program. Where the system cannot tell, the folder's mode
// alone keeps others out.
func sameUser(user int, told bool) bool {
	return told && user == os.Geteuid() || !told && runtime.GOOS != "linux"
}
