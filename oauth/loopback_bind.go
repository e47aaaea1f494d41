package oauth

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
)

// PortBusyError says that another program holds an address of the redirect.
type PortBusyError struct {
	Port    int
	Address string // 127.0.0.1 or ::1
}

// Error names the address and the port.
func (e *PortBusyError) Error() string {
	return fmt.Sprintf("oauth: another program listens on %s, port %d", e.Address, e.Port)
}

// listenFunc is net.Listen, for "tcp4" and "tcp6".
type listenFunc func(network, address string) (net.Listener, error)

// errOccupied is the error of a port that could be bound beside its holder.
var errOccupied = errors.New("somebody answers there")

// bindLoopback listens on all addresses of host, on one port, and gives that port.
func bindLoopback(host, port string, listen listenFunc) (listeners []net.Listener, bound string, err error) {
	const tries = 20 // a port that is free on one address may be taken on the other
	for range tries {
		listeners, bound, err = bindAll(loopbackAddresses(host), port, listen)
		var busy *PortBusyError
		if port != "0" || !errors.As(err, &busy) {
			break
		}
	}
	return listeners, bound, err
}

// loopbackAddresses are what a redirect's host stands for. They are never looked up: a name server or a hosts file may send
// "localhost" elsewhere (RFC 8252 8.3, RFC 6761 6.3).
func loopbackAddresses(host string) []string {
	if strings.EqualFold(host, "localhost") {
		return []string{"127.0.0.1", "::1"}
	}
	return []string{host}
}

func bindAll(addresses []string, port string, listen listenFunc) ([]net.Listener, string, error) {
	var listeners []net.Listener
	var missing error
	for _, address := range addresses {
		network := "tcp4"
		if strings.Contains(address, ":") {
			network = "tcp6"
		}
		listener, err := listen(network, net.JoinHostPort(address, port))
		if isAbsent(err) {
			missing = err
			continue
		}
		if err != nil {
			closeAll(listeners)
			return nil, "", bindError(err, address, port)
		}
		listeners = append(listeners, listener)
		_, port, _ = net.SplitHostPort(listener.Addr().String())
	}
	if len(listeners) == 0 {
		return nil, "", missing
	}
	return listeners, port, nil
}

func bindError(err error, address, port string) error {
	if !isBusy(err) && !errors.Is(err, errOccupied) {
		return err
	}
	number, _ := strconv.Atoi(port) // it has been checked
	return &PortBusyError{Port: number, Address: address}
}

func closeAll(listeners []net.Listener) {
	for _, listener := range listeners {
		listener.Close()
	}
}

// listenTCP binds, after a look whether anybody answers: some systems let two programs hold a port if one of them holds it for
// all addresses. A refused connection on loopback comes at once where nothing filters it; Windows alone tries again.
func listenTCP(network, address string) (net.Listener, error) {
	const look = 200 * time.Millisecond
	if _, port, _ := net.SplitHostPort(address); port != "0" {
		if connection, err := net.DialTimeout(network, address, look); err == nil {
			connection.Close()
			return nil, errOccupied
		}
	}
	config := net.ListenConfig{Control: holdAlone}
	config.SetMultipathTCP(false)
	return config.Listen(context.Background(), network, address)
}
