package answer

// Tree is an answer as rows, some of them folded.
type Tree struct {
	root *Node
	open map[*Node]bool
}

// Row is one line of a tree.
type Row struct {
	*Node
	Depth int // 0 for what stands in the root
	Open  bool
}

// fewEntries is how many entries a list may have that is unfolded from the start, with what stands in them.
const fewEntries = 3

// NewTree unfolds the root and its lists; the entries of a long list stay folded.
func NewTree(root *Node) *Tree {
	t := &Tree{root: root, open: map[*Node]bool{root: true}}
	for _, n := range append([]*Node{root}, root.Below...) {
		t.open[n] = n.Above == nil || n.Kind == List || len(root.Below) <= fewEntries
		if n.Kind == List && len(n.Below) <= fewEntries {
			for _, entry := range n.Below {
				t.open[entry] = true
			}
		}
	}
	return t
}

// Toggle folds or unfolds a node.
func (t *Tree) Toggle(n *Node) { t.open[n] = !t.open[n] }

// Unfold unfolds a node and all that it stands in.
func (t *Tree) Unfold(n *Node) {
	for ; n != nil; n = n.Above {
		t.open[n] = true
	}
}

// All folds or unfolds everything but the root.
func (t *Tree) All(open bool) {
	t.open = map[*Node]bool{t.root: true}
	if !open {
		return
	}
	var each func(n *Node)
	each = func(n *Node) {
		for _, m := range n.Below {
			if !m.Scalar() {
				t.open[m] = true
				each(m)
			}
		}
	}
	each(t.root)
}

// Rows are the lines that can be seen. A root that is one scalar is one row.
func (t *Tree) Rows() []Row {
	if t.root.Scalar() || len(t.root.Below) == 0 {
		return []Row{{Node: t.root}}
	}
	var rows []Row
	var each func(n *Node, depth int)
	each = func(n *Node, depth int) {
		for _, m := range n.Below {
			open := !m.Scalar() && t.open[m]
			rows = append(rows, Row{m, depth, open})
			if open {
				each(m, depth+1)
			}
		}
	}
	each(t.root, 0)
	return rows
}
